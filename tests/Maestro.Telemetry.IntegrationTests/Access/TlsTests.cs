using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Grpc.Core;
using Grpc.Net.Client;
using Maestro.Telemetry.IntegrationTests.Service;
using Maestro.Telemetry.IntegrationTests.Storage;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Server.Access;
using Maestro.Telemetry.Server.Listening;
using Microsoft.Extensions.Options;

namespace Maestro.Telemetry.IntegrationTests.Access;

[Collection(ServerUnderTest.OneAtATime)]
public sealed class TlsTests : IDisposable
{
    private static readonly TimeSpan Patience = ServerUnderTest.Patience;

    private readonly TemporaryDirectory _files = new();
    private readonly TestAuthority _authority;

    public TlsTests() => _authority = new TestAuthority(_files.Path);

    [Fact]
    public async Task Listeners_WithACertificate_SpeakTlsOnly()
    {
        await using var server = await StartAsync();
        using var channel = AccessUnderTest.Channel(server.GrpcAddress, AccessUnderTest.Handler(_authority));
        using var console = Http();

        var status = await new AutoscalerControl.AutoscalerControlClient(channel)
            .GetStatusAsync(new GetStatusRequest()).ResponseAsync.WaitAsync(Patience);
        using var page = await console.GetAsync(server.ConsoleAddress);
        using var plain = new HttpClient { Timeout = Patience };
        using var untrusting = new HttpClient { Timeout = Patience };

        Assert.Equal("https", server.GrpcAddress.Scheme);
        Assert.Equal(3, status.Gateways.Count);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => plain.GetAsync($"http://{server.ConsoleAddress.Authority}/"));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => untrusting.GetAsync(server.ConsoleAddress));
    }

    [Fact]
    public async Task Tls_BelowVersion12_IsRefusedAndHttp2IsNegotiated()
    {
        await using var server = await StartAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.ConsoleAddress.Host, server.ConsoleAddress.Port).WaitAsync(Patience);
        await using var secured = new SslStream(socket.GetStream());

        await secured.AuthenticateAsClientAsync(Client([SslApplicationProtocol.Http2])).WaitAsync(Patience);

        Assert.True(secured.SslProtocol is SslProtocols.Tls12 or SslProtocols.Tls13);
        Assert.Equal(SslApplicationProtocol.Http2, secured.NegotiatedApplicationProtocol);
        Assert.Equal(SslProtocols.Tls12 | SslProtocols.Tls13, server.Get<ServerCertificate>().ForConnection().EnabledSslProtocols);
    }

    [Fact]
    public async Task Certificate_ThatIsReplaced_IsForNewConnectionsAndOldOnesGoOn()
    {
        await using var server = await StartAsync();
        using var channel = AccessUnderTest.Channel(server.GrpcAddress, AccessUnderTest.Handler(_authority));
        using var stream = new TelemetryCollector.TelemetryCollectorClient(channel).Stream();
        await stream.RequestStream.WriteAsync(new StreamRequest { Hello = ServerUnderTest.Hello() });
        Assert.True(await stream.ResponseStream.MoveNext(default).WaitAsync(Patience));
        var before = await ShownAsync(server);

        _authority.IssueServer("server");
        await UntilAsync(async () => await ShownAsync(server) != before);

        await stream.RequestStream.WriteAsync(new StreamRequest { Batch = ServerUnderTest.Batch(1, 40) });
        Assert.True(await stream.ResponseStream.MoveNext(default).WaitAsync(Patience));
        Assert.Single(await server.StoredAsync("S1"));
    }

    [Fact]
    public async Task Certificate_WhoseNewFileIsBroken_StaysAndIsTold()
    {
        await using var server = await StartAsync();
        var before = await ShownAsync(server);
        var file = _files.File("server.pem");
        var whole = await File.ReadAllTextAsync(file);

        await File.WriteAllTextAsync(file, whole[..100]);
        await UntilAsync(() => Task.FromResult(server.Get<ServerCertificate>().Problem is not null));

        Assert.Equal(before, await ShownAsync(server));
        Assert.StartsWith(
            $"Maestro:Server:Tls:CertificateFile is '{file}'; it cannot be used",
            server.Get<ServerCertificate>().Problem,
            StringComparison.Ordinal);
        using var console = Http();
        Assert.Contains("Degraded", await console.GetStringAsync(new Uri(server.ConsoleAddress, "/health/ready")), StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, whole);
        await UntilAsync(() => Task.FromResult(server.Get<ServerCertificate>().Problem is null));
    }

    [Fact]
    public async Task ClientCertificate_StandsForWhomTheConfigurationSays()
    {
        var agent = _authority.IssueClient("agent-1.example.net");
        var stranger = _authority.IssueClient("stranger.example.net");
        var common = _authority.IssueClient("anna", inAlternativeNames: false);
        using var foreign = new TestAuthority(_files.Path, "foreign");
        var forged = foreign.IssueClient("agent-1.example.net.forged");
        await using var server = await StartAsync(
            AccessUnderTest.Required,
            ("Maestro:Server:Tls:ClientCaFile", _authority.File),
            ("Maestro:Access:Certificates:0:Subject", "agent-1.example.net"),
            ("Maestro:Access:Certificates:0:Role", "Agent"),
            ("Maestro:Access:Certificates:0:Serials:0", "S1"),
            ("Maestro:Access:Certificates:1:Subject", "anna"));

        Assert.Equal(StatusCode.OK, await ExportAsync(server, "S1", agent));
        Assert.Equal(StatusCode.PermissionDenied, await ExportAsync(server, "S2", agent));
        Assert.Equal(StatusCode.Unauthenticated, await ExportAsync(server, "S1", stranger));
        Assert.Equal(StatusCode.Unauthenticated, await ExportAsync(server, "S1", null));
        Assert.Equal(StatusCode.PermissionDenied, await ExportAsync(server, "S1", common));
        Assert.Equal(StatusCode.Unavailable, await ExportAsync(server, "S1", forged));
    }

    [Fact]
    public async Task ClientCertificate_ThatIsRequired_IsAskedForBeforeAnything()
    {
        await using var server = await StartAsync(
            ("Maestro:Server:Tls:ClientCaFile", _authority.File), ("Maestro:Server:Tls:RequireClientCertificate", "true"));
        using var without = Http();
        using var with = new HttpClient(AccessUnderTest.Handler(_authority, _authority.IssueClient("someone"))) { Timeout = Patience };

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => without.GetAsync(server.ConsoleAddress));
        using var page = await with.GetAsync(server.ConsoleAddress);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task Start_WithAKeyOfAnotherCertificate_IsRefusedWithTheSetting()
    {
        var (certificate, _) = _authority.IssueServer("server");
        var (_, key) = _authority.IssueServer("other");

        var e = await Assert.ThrowsAsync<OptionsValidationException>(() => ServerUnderTest.StartAsync(
            ("Maestro:Server:ConsoleAddress", "https://127.0.0.1:0"),
            ("Maestro:Server:Tls:CertificateFile", certificate),
            ("Maestro:Server:Tls:KeyFile", key)));

        Assert.StartsWith("Maestro:Server:Tls:CertificateFile is", Assert.Single(e.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pfx_WithAPassword_IsServed()
    {
        var (certificate, key) = _authority.IssueServer("server");
        using var pem = X509Certificate2.CreateFromPemFile(certificate, key);
        await File.WriteAllBytesAsync(_files.File("server.pfx"), pem.Export(X509ContentType.Pkcs12, "secret"));
        await File.WriteAllTextAsync(_files.File("password"), "secret\n");
        await using var server = await ServerUnderTest.StartAsync(
            ("Maestro:Server:ConsoleAddress", "https://127.0.0.1:0"),
            ("Maestro:Server:Tls:CertificateFile", _files.File("server.pfx")),
            ("Maestro:Server:Tls:PasswordFile", _files.File("password")));
        using var console = Http();

        using var page = await console.GetAsync(server.ConsoleAddress);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Theory]
    [InlineData("localhost", "200")]
    [InlineData("maestro.example.net", "200")]
    [InlineData("evil.example", "400")]
    public async Task Host_OverTls_IsStillFiltered(string host, string code)
    {
        await using var server = await StartAsync(("Maestro:Server:HostNames:0", "maestro.example.net"));
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.ConsoleAddress.Host, server.ConsoleAddress.Port).WaitAsync(Patience);
        await using var secured = new SslStream(socket.GetStream());
        await secured.AuthenticateAsClientAsync(Client([SslApplicationProtocol.Http11])).WaitAsync(Patience);
        using var reader = new StreamReader(secured);

        await secured.WriteAsync(Encoding.ASCII.GetBytes($"GET /health/live HTTP/1.1\r\nHost: {host}\r\n\r\n"));
        var answer = await reader.ReadLineAsync().WaitAsync(Patience);

        Assert.Equal(code, answer?.Split(' ')[1]);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _files.Dispose();
    }

    private async Task<ServerUnderTest> StartAsync(params (string Key, string Value)[] settings)
    {
        var (certificate, key) = _authority.IssueServer("server");
        return await ServerUnderTest.StartAsync(
        [
            ("Maestro:Server:GrpcAddress", "https://127.0.0.1:0"),
            ("Maestro:Server:ConsoleAddress", "https://127.0.0.1:0"),
            ("Maestro:Server:Tls:CertificateFile", certificate),
            ("Maestro:Server:Tls:KeyFile", key),
            .. settings,
        ]);
    }

    private HttpClient Http() => new(AccessUnderTest.Handler(_authority)) { Timeout = Patience };

    private async Task<StatusCode> ExportAsync(ServerUnderTest server, string serial, (string, string)? client)
    {
        using var channel = AccessUnderTest.Channel(server.GrpcAddress, AccessUnderTest.Handler(_authority, client));
        try
        {
            await new TelemetryCollector.TelemetryCollectorClient(channel).ExportAsync(
                new ExportRequest { Hello = ServerUnderTest.Hello(serial), Batch = ServerUnderTest.Batch(1, 40) })
                .ResponseAsync.WaitAsync(Patience);
            return StatusCode.OK;
        }
        catch (RpcException e)
        {
            return e.StatusCode;
        }
    }

    /// <summary>The thumbprint of the certificate that a new connection is shown.</summary>
    private async Task<string> ShownAsync(ServerUnderTest server)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.ConsoleAddress.Host, server.ConsoleAddress.Port).WaitAsync(Patience);
        await using var secured = new SslStream(socket.GetStream());
        await secured.AuthenticateAsClientAsync(Client([SslApplicationProtocol.Http11])).WaitAsync(Patience);
        return secured.RemoteCertificate!.GetCertHashString();
    }

    private SslClientAuthenticationOptions Client(List<SslApplicationProtocol> protocols)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.ImportFromPemFile(_authority.File);
        return new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            ApplicationProtocols = protocols,
            CertificateChainPolicy = policy,
        };
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var began = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, "It did not come about.");
            await timer.WaitForNextTickAsync();
        }
    }
}
