using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Maestro.Telemetry.Server.Access;

namespace Maestro.Telemetry.Tests.Access;

public sealed class CredentialsTests
{
    [Theory]
    [InlineData("Bearer mst_abc", null, "mst_abc")]
    [InlineData("bearer mst_abc", null, "mst_abc")]
    [InlineData("Basic YW5uYTpwYXNz", "anna", "pass")]
    [InlineData("basic YW5uYTpwOmE6cw==", "anna", "p:a:s")]
    [InlineData("Basic OnBhc3M=", "", "pass")]
    public void Header_OfAKnownScheme_IsRead(string header, string? name, string secret)
    {
        Assert.True(Credentials.TryRead(header, out var credentials));
        Assert.Equal(new Credentials(name, secret), credentials);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Basic !!!")]
    [InlineData("Basic YW5uYQ==")]
    [InlineData("Digest username=anna")]
    [InlineData("mst_abc")]
    public void Header_ThatIsNone_IsRefused(string header) => Assert.False(Credentials.TryRead(header, out _));

    [Fact]
    public void Header_LongerThanAnyNeedsToBe_IsRefused() =>
        Assert.False(Credentials.TryRead("Bearer " + new string('a', 9_000), out _));

    [Fact]
    public void Header_WithAnything_IsReadOrRefusedAndNeverThrows() => Prop
        .ForAll<NonNull<string>>(text => Credentials.TryRead(text.Get, out _) || true)
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Basic_WithAnyNameAndPassword_ComesBack() => Prop
        .ForAll<NonNull<string>, NonNull<string>>((name, password) =>
        {
            var (user, secret) = (Plain(name.Get).Replace(":", "", StringComparison.Ordinal), Plain(password.Get));
            var header = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{secret}"));
            return Credentials.TryRead(header, out var read) && read == new Credentials(user, secret);
        })
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Credentials_AsText_HaveNoSecret() =>
        Assert.DoesNotContain("hidden", new Credentials("anna", "hidden").ToString(), StringComparison.Ordinal);

    // Half a surrogate pair is no text, and UTF-8 cannot carry it.
    private static string Plain(string text) => string.Concat(text.Where(c => !char.IsSurrogate(c)));
}
