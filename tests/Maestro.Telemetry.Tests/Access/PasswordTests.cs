using Maestro.Telemetry.Server.Access;
using Maestro.Telemetry.Tests.Support;

namespace Maestro.Telemetry.Tests.Access;

public sealed class PasswordTests
{
    private const string Right = "correct horse battery";

    private static readonly string Hash = PasswordHash.Create(Right).ToString();

    [Fact]
    public void Hash_OfAPassword_MatchesIt_AndNoOther()
    {
        var read = PasswordHash.TryParse(Hash)!;

        Assert.True(read.Matches(Right));
        Assert.False(read.Matches(Right + " "));
        Assert.DoesNotContain(Right, Hash, StringComparison.Ordinal);
        Assert.NotEqual(Hash, PasswordHash.Create(Right).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("correct horse battery")]
    [InlineData("pbkdf2-sha256:1000:AAAAAAAAAAAAAAAAAAAAAA==:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("pbkdf2-sha256:999999999:AAAAAAAAAAAAAAAAAAAAAA==:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("pbkdf2-sha256:600000:short:AAAA")]
    public void Hash_ThatIsNone_IsRefused(string text) => Assert.Null(PasswordHash.TryParse(text));

    [Fact]
    public async Task Check_OfNameAndPassword_IsRememberedForAWhile()
    {
        var time = new ManualTimeProvider();
        using var check = new PasswordCheck(
            [new AccessUser { Name = "anna", PasswordHash = Hash, Role = CallerRole.Operator }], time);

        Assert.Null(check.FindRemembered("anna", Right));
        Assert.Equal("anna", (await check.CheckAsync("anna", Right, default))?.Name);
        Assert.Equal([CallerRole.Viewer, CallerRole.Operator], check.FindRemembered("anna", Right)?.Roles);
        Assert.Null(check.FindRemembered("anna", "another"));
        time.Advance(TimeSpan.FromMinutes(11));

        Assert.Null(check.FindRemembered("anna", Right));
        Assert.Null(await check.CheckAsync("anna", "wrong", default));
        Assert.Null(await check.CheckAsync("berta", Right, default));
    }
}
