using Maestro.Telemetry.IntegrationTests.Storage;
using Maestro.Telemetry.Server.Access;

namespace Maestro.Telemetry.IntegrationTests.Access;

public sealed class TokenFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private TokenFile Tokens => new(_directory.Path, TimeProvider.System);

    [Fact]
    public async Task Token_ThatWasMade_IsKeptAsAHashThatOnlyTheOwnerMayRead()
    {
        var (token, secret) = await Tokens.CreateAsync("agent-1", CallerRole.Agent, ["S1"], TimeSpan.FromDays(1), default);

        var text = await File.ReadAllTextAsync(Tokens.Path);
        Assert.True(TokenSecret.IsWellFormed(secret));
        Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain(secret[4..], text, StringComparison.Ordinal);
        Assert.Null(OwnFile.OpenToOthers(Tokens.Path));
        var read = Assert.Single(Tokens.Read());
        Assert.Equal((token.Id, "agent-1", CallerRole.Agent), (read.Id, read.Name, read.Role));
        Assert.Equal(["S1"], read.Serials);
        Assert.Null(read.LastUsed);
    }

    [Fact]
    public async Task Tokens_MadeAtTheSameTime_AreAllThere()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Task.Run(() => Tokens.CreateAsync($"t{i}", CallerRole.Viewer, [], null, default))));

        Assert.Equal(20, Tokens.Read().Count);
    }

    [Fact]
    public async Task Revoke_ByNameOrId_EndsWhatIsActive()
    {
        await Tokens.CreateAsync("a", CallerRole.Viewer, [], null, default);
        await Tokens.CreateAsync("a", CallerRole.Viewer, [], null, default);
        var (single, _) = await Tokens.CreateAsync("b", CallerRole.Viewer, [], null, default);

        Assert.Equal(2, (await Tokens.RevokeAsync("a", default)).Count);
        Assert.Equal(single.Id, Assert.Single(await Tokens.RevokeAsync(single.Id, default)).Id);
        Assert.Empty(await Tokens.RevokeAsync("a", default));
        Assert.All(Tokens.Read(), t => Assert.Equal(TokenState.Revoked, t.StateAt(TimeProvider.System.GetUtcNow())));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"tokens":[null]}""")]
    [InlineData("""{"tokens":[{"name":"a","role":"Viewer","serials":[],"hash":"12","created":"2026-01-01T00:00:00Z"}]}""")]
    [InlineData("""{"tokens":[{"name":"a","role":"King","serials":[],"hash":"12","created":"2026-01-01T00:00:00Z"}]}""")]
    public async Task File_ThatIsDamaged_IsToldWithItsPathAndNotOverwritten(string text)
    {
        await File.WriteAllTextAsync(Tokens.Path, text);

        var e = Assert.Throws<TokenFileException>(() => Tokens.Read());
        await Assert.ThrowsAsync<TokenFileException>(() => Tokens.CreateAsync("a", CallerRole.Viewer, [], null, default));

        Assert.Contains(Tokens.Path, e.Message, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(Tokens.Path));
    }

    [Fact]
    public async Task Book_FollowsTheFileAndEndsWhatWasRevoked()
    {
        var book = new TokenBook(_directory.Path, TimeProvider.System);
        book.Refresh();
        var (_, kept) = await Tokens.CreateAsync("kept", CallerRole.Viewer, [], null, default);
        var (_, ended) = await Tokens.CreateAsync("ended", CallerRole.Viewer, [], null, default);
        Assert.Null(book.Find(kept));
        book.Refresh();
        var (before, other) = (book.Find(kept)!.Value.Identity, book.Find(ended)!.Value.Identity);

        await Tokens.RevokeAsync("ended", default);
        book.Refresh();

        Assert.True(other.Ended.IsCancellationRequested);
        Assert.Null(book.Find(ended));
        Assert.Same(before, book.Find(kept)!.Value.Identity);
        Assert.False(before.Ended.IsCancellationRequested);
        Assert.Null(book.Find(TokenSecret.Create()));
        Assert.Null(book.Find("mst_short"));
    }

    [Fact]
    public async Task Book_ADamagedFile_KeepsWhatItKnewUntilTheFileIsWhole()
    {
        var book = new TokenBook(_directory.Path, TimeProvider.System);
        var (_, secret) = await Tokens.CreateAsync("a", CallerRole.Viewer, [], null, default);
        book.Refresh();
        var whole = await File.ReadAllTextAsync(Tokens.Path);
        await File.WriteAllTextAsync(Tokens.Path, whole[..20]);

        Assert.Throws<TokenFileException>(book.Refresh);
        Assert.Throws<TokenFileException>(book.Refresh);
        Assert.NotNull(book.Find(secret));
        File.Delete(Tokens.Path);
        book.Refresh();

        Assert.Null(book.Find(secret));
    }

    [Fact]
    public async Task Use_IsWrittenDownAndListed()
    {
        var book = new TokenBook(_directory.Path, TimeProvider.System);
        var (_, secret) = await Tokens.CreateAsync("a", CallerRole.Viewer, [], null, default);
        book.Refresh();
        book.Find(secret);

        book.SaveUse();

        Assert.NotNull(Assert.Single(Tokens.Read()).LastUsed);
    }

    [Fact]
    public async Task Book_ATokenWhoseTimeIsOver_EndsByItself()
    {
        var book = new TokenBook(_directory.Path, TimeProvider.System);
        var (_, secret) = await Tokens.CreateAsync("a", CallerRole.Viewer, [], TimeSpan.FromMilliseconds(300), default);
        book.Refresh();
        var identity = book.Find(secret)?.Identity;
        var ended = new TaskCompletionSource();
        Assert.NotNull(identity);
        identity.Ended.Register(ended.SetResult);

        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!ended.Task.IsCompleted && await timer.WaitForNextTickAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10)))
        {
            book.Refresh();
        }

        Assert.Null(book.Find(secret));
    }

    public void Dispose() => _directory.Dispose();
}
