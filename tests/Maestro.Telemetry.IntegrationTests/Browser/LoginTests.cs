using System.Text.Json;
using Maestro.Telemetry.IntegrationTests.Access;
using Maestro.Telemetry.IntegrationTests.Interop;
using Maestro.Telemetry.IntegrationTests.Service;
using Maestro.Telemetry.IntegrationTests.Storage;
using Maestro.Telemetry.Server.Access;

namespace Maestro.Telemetry.IntegrationTests.Browser;

/// <summary>The log-in of the console in a browser that we did not write.</summary>
[Collection(ServerUnderTest.OneAtATime)]
public sealed class LoginTests
{
    [Theory]
    [InlineData(false, "maestro_session")]
    [InlineData(true, "__Host-maestro_session")]
    public async Task LogIn_WithTheKeyboardAlone_ShowsThePageAndLeavesNoSecretToScripts(bool secured, string cookieName)
    {
        using var files = new TemporaryDirectory();
        using var authority = new TestAuthority(files.Path);
        var (certificate, key) = authority.IssueServer("server");
        await using var server = await ServerUnderTest.StartAsync(
            AccessUnderTest.Required,
            ("Maestro:Server:ConsoleAddress", secured ? "https://127.0.0.1:0" : "http://127.0.0.1:0"),
            ("Maestro:Server:Tls:CertificateFile", certificate),
            ("Maestro:Server:Tls:KeyFile", key));
        var token = await server.CreateTokenAsync("anna", CallerRole.Viewer);

        await using var browser = PeerProcess.Node("login.mjs", server.ConsoleAddress.ToString(), token);
        using var seen = JsonDocument.Parse(Assert.Single(await browser.ReadLinesAsync()));

        var root = seen.RootElement;
        Assert.Equal("login-secret", root.GetProperty("focused").GetString());
        Assert.True(root.GetProperty("stays").GetBoolean());
        Assert.Contains("not known", root.GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Equal("anna", root.GetProperty("who").GetString());
        var cookie = Assert.Single(root.GetProperty("cookies").EnumerateArray());
        Assert.Equal(cookieName, cookie.GetProperty("name").GetString());
        Assert.True(cookie.GetProperty("httpOnly").GetBoolean());
        Assert.Equal("Strict", cookie.GetProperty("sameSite").GetString());
        Assert.Equal(secured, cookie.GetProperty("secure").GetBoolean());
        Assert.Equal("", root.GetProperty("scripts").GetString());
        Assert.Equal(0, root.GetProperty("left").GetInt32());
    }
}
