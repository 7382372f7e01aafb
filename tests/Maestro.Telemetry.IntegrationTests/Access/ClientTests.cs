using Maestro.Telemetry.Agent;
using Maestro.Telemetry.IntegrationTests.Interop;
using Maestro.Telemetry.IntegrationTests.Service;
using Maestro.Telemetry.IntegrationTests.Storage;
using Maestro.Telemetry.Protocol.Connecting;
using Maestro.Telemetry.Server.Access;
using Microsoft.Extensions.Logging.Abstractions;

namespace Maestro.Telemetry.IntegrationTests.Access;

/// <summary>Our own clients and those of others, over TLS and with a token.</summary>
[Collection(ServerUnderTest.OneAtATime)]
public sealed class ClientTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _files = new();
    private readonly TestAuthority _authority;

    public ClientTests() => _authority = new TestAuthority(_files.Path);

    [Fact]
    public async Task CommandLine_WithTokenAndAuthority_IsAnswered()
    {
        await using var server = await StartAsync();
        var token = await TokenFileAsync(server, "viewer", CallerRole.Viewer);
        var address = server.GrpcAddress.ToString();

        var good = await RunAsync("status", "--server", address, "--ca", _authority.File, "--token-file", token, "--json");
        var unnamed = await RunAsync("status", "--server", address, "--ca", _authority.File);
        var forbidden = await RunAsync(
            "pause", "--reason", "Test.", "--server", address, "--ca", _authority.File, "--token-file", token);
        var untrusted = await RunAsync("status", "--server", address, "--token-file", token);

        Assert.Equal((0, ""), (good.ExitCode, good.Errors));
        Assert.Equal(1, unnamed.ExitCode);
        Assert.StartsWith("Say who you are", unnamed.Errors, StringComparison.Ordinal);
        Assert.Equal(1, forbidden.ExitCode);
        Assert.StartsWith("viewer may not do this; it takes the role Operator.", forbidden.Errors, StringComparison.Ordinal);
        Assert.Equal(3, untrusted.ExitCode);
        Assert.Contains("--ca FILE", untrusted.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommandLine_ATokenOverPlainTextToAnotherMachine_IsNotSent()
    {
        var token = _files.File("token");
        await File.WriteAllTextAsync(token, TokenSecret.Create());

        var status = await RunAsync("status", "--server", "http://192.0.2.1:50051", "--token-file", token);
        var agent = await RunAsync(
            "agent", "--serial", "S1", "--server", "http://collector.example:50051", "--token-file", token);
        var missing = await RunAsync(
            "status", "--server", "https://192.0.2.1", "--token-file", _files.File("no"), "--ca", _files.File("none.pem"));

        Assert.Equal(2, status.ExitCode);
        Assert.Equal(
            "--server is 'http://192.0.2.1:50051'; a token is not sent over the network in plain text: use https://.",
            status.Errors.TrimEnd());
        Assert.Equal(2, agent.ExitCode);
        Assert.Contains("Maestro:Agent:Server (--server) is", agent.Errors, StringComparison.Ordinal);
        Assert.Equal(2, missing.ExitCode);
        Assert.Equal(2, missing.Errors.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public async Task Agent_WithItsToken_StreamsOverTls()
    {
        await using var server = await StartAsync();
        var options = new AgentOptions
        {
            Server = server.GrpcAddress.ToString(),
            Serial = "S1",
            CaFile = _authority.File,
            TokenFile = await TokenFileAsync(server, "agent-1", CallerRole.Agent, "S1"),
            Interval = TimeSpan.FromSeconds(1),
        };
        Assert.Empty(AgentOptionsValidator.Check(options));
        using var channel = ServerConnection.Open(options.ToConnection());
        using var stop = new CancellationTokenSource();

        var running = AgentProcess.RunAsync(
            options, channel.CreateCallInvoker(), TimeProvider.System, NullLoggerFactory.Instance, stop.Token);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while ((await server.StoredAsync("S1")).Count == 0 && await timer.WaitForNextTickAsync().AsTask().WaitAsync(Patience))
        {
            Assert.False(running.IsCompleted);
        }

        await stop.CancelAsync();
        var counters = await running.WaitAsync(Patience);

        Assert.True(counters.Acknowledged > 0);
    }

    [Theory]
    [InlineData("python")]
    [InlineData("node")]
    public async Task ForeignClient_OverTls_IsLetInWithItsTokenOnly(string language)
    {
        await using var server = await StartAsync();
        var token = await server.CreateTokenAsync("peer", CallerRole.Viewer);
        string[] arguments = [$"localhost:{server.GrpcAddress.Port}", _authority.File, token];

        await using var peer = language == "python"
            ? PeerProcess.Python("access.py", arguments)
            : PeerProcess.Node("access.js", arguments);
        var lines = await peer.ReadLinesAsync();

        Assert.Equal(3, lines.Count);
        Assert.StartsWith("UNAUTHENTICATED Say who you are: send a token as `Authorization: Bearer mst_…`", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("UNAUTHENTICATED The token is not known", lines[1], StringComparison.Ordinal);
        Assert.Equal("OK", lines[2]);
    }

    [Fact]
    public async Task Curl_WithBasic_ReadsTheMetrics()
    {
        await using var server = await StartAsync();
        var token = await server.CreateTokenAsync("prometheus", CallerRole.Viewer);
        var address = $"https://localhost:{server.ConsoleAddress.Port}/metrics";

        await using var good = PeerProcess.Program(
            "curl", "--silent", "--cacert", _authority.File, "--user", $"prometheus:{token}", address);
        await using var wrong = PeerProcess.Program(
            "curl", "--silent", "--include", "--http1.1", "--cacert", _authority.File, "--user", "prometheus:guess", address);

        Assert.Contains(await good.ReadLinesAsync(), l => l.StartsWith("# TYPE maestro_", StringComparison.Ordinal));
        var refused = await wrong.ReadLinesAsync();
        Assert.StartsWith("HTTP/1.1 401", refused[0], StringComparison.Ordinal);
        Assert.Contains(refused, l => l.StartsWith("WWW-Authenticate: Basic", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _authority.Dispose();
        _files.Dispose();
    }

    private async Task<ServerUnderTest> StartAsync()
    {
        var (certificate, key) = _authority.IssueServer("server");
        return await ServerUnderTest.StartAsync(
            AccessUnderTest.Required,
            ("Maestro:Server:GrpcAddress", "https://127.0.0.1:0"),
            ("Maestro:Server:ConsoleAddress", "https://127.0.0.1:0"),
            ("Maestro:Server:Tls:CertificateFile", certificate),
            ("Maestro:Server:Tls:KeyFile", key));
    }

    private async Task<string> TokenFileAsync(ServerUnderTest server, string name, CallerRole role, params string[] serials)
    {
        var file = _files.File($"{name}.token");
        await File.WriteAllTextAsync(file, await server.CreateTokenAsync(name, role, serials) + "\n");
        return file;
    }

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        MaestroProcess.RunAsync(_files.Path, Patience, arguments);
}
