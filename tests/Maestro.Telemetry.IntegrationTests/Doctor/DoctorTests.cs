using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text.Json;
using Maestro.Telemetry.IntegrationTests.Access;
using Maestro.Telemetry.IntegrationTests.Service;
using Maestro.Telemetry.IntegrationTests.Storage;
using Maestro.Telemetry.Server;
using Maestro.Telemetry.Server.Access;
using Maestro.Telemetry.Server.Doctor;
using Maestro.Telemetry.Simulator;
using Maestro.Telemetry.Simulator.Hosting;
using Maestro.Telemetry.Simulator.Scenarios;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Maestro.Telemetry.IntegrationTests.Examination;

[Collection(ServerUnderTest.OneAtATime)]
[SupportedOSPlatform("linux")]
public sealed class DoctorTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _files = new();

    [Fact]
    public async Task Doctor_OfARunningServer_SeesThatItServesAndWhatItHolds()
    {
        await using var server = await ServerUnderTest.StartAsync();
        await server.ExportAsync(ServerUnderTest.Batch(1, 40));
        var directory = Path.GetDirectoryName(server.Tokens().Path)!;

        var findings = await ExamineAsync(
            ("Maestro:Storage:Directory", directory),
            ("Maestro:Server:GrpcAddress", $"http://{server.GrpcAddress.Authority}"),
            ("Maestro:Server:ConsoleAddress", $"http://{server.ConsoleAddress.Authority}"));

        Assert.DoesNotContain(findings, f => f.Verdict is Verdict.Failed);
        Assert.Equal(2, findings.Count(f => f.Area == "listeners" && f.Message.EndsWith("is served already.", StringComparison.Ordinal)));
        Assert.Contains(findings, f => f.Area == "store" && f.Message.Contains("can be read; it holds", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Doctor_OfWhatIsWrong_NamesItWithARemedy()
    {
        using var authority = new TestAuthority(_files.Path);
        var (certificate, key) = authority.IssueServer("server", TimeSpan.FromDays(3));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        }

        await File.WriteAllTextAsync(_files.File("tokens.json"), "{");
        await File.WriteAllTextAsync(_files.File("telemetry.db"), new string('x', 8_192));
        using var stranger = new TcpListener(IPAddress.Loopback, 0);
        stranger.Start();
        var dropping = DropOneAsync(stranger);

        var findings = await ExamineAsync(
            ("Maestro:Storage:Directory", _files.Path),
            ("Maestro:Server:ConsoleAddress", $"http://{stranger.LocalEndpoint}"),
            ("Maestro:Server:GrpcAddress", "https://127.0.0.1:0"),
            ("Maestro:Server:Tls:CertificateFile", certificate),
            ("Maestro:Server:Tls:KeyFile", key));

        await dropping.WaitAsync(Patience);
        AssertOne(findings, Verdict.Warning, "certificate", "which is soon over");
        AssertOne(findings, Verdict.Warning, "certificate", "is open to others than its owner (GroupRead)");
        AssertOne(findings, Verdict.Warning, "certificate", "does not trust who has signed");
        AssertOne(findings, Verdict.Failed, "access", "tokens.json' cannot be read");
        AssertOne(findings, Verdict.Failed, "store", "telemetry.db");
        AssertOne(findings, Verdict.Failed, "listeners", "is in use");
        Assert.All(findings.Where(f => f.Verdict is not Verdict.Ok), f => Assert.NotEmpty(f.Remedy));
    }

    [Fact]
    public async Task Doctor_OfOrchestrators_LogsInAndComparesClocks()
    {
        var options = new SimulationOptions();
        var clock = new SimulationClock(TimeProvider.System.GetUtcNow(), 1);
        await using var simulation = new SimulationHost(Scenario.DualSite(), clock, options, NullLoggerFactory.Instance);
        await simulation.StartAsync(default).WaitAsync(Patience);
        await File.WriteAllTextAsync(_files.File("right"), options.Orchestrators.Password);
        await File.WriteAllTextAsync(_files.File("wrong"), "not it");
        var first = simulation.Orchestrators[0];
        (string, string)[] settings =
        [
            ("Maestro:Gaia:Orchestrators:0:Id", first.Id),
            ("Maestro:Gaia:Orchestrators:0:Address", first.Url.ToString()),
            ("Maestro:Gaia:Orchestrators:1:Id", "9_9"),
            ("Maestro:Gaia:Orchestrators:1:Address", "http://127.0.0.1:1"),
        ];

        var right = await ExamineAsync([.. settings, ("Maestro:Gaia:PasswordFile", _files.File("right"))]);
        var wrong = await ExamineAsync([.. settings, ("Maestro:Gaia:PasswordFile", _files.File("wrong"))]);

        AssertOne(right, Verdict.Ok, "orchestrators", $"Orchestrator {first.Id} answers and lets us in; it knows 24 SGMs.");
        AssertOne(right, Verdict.Ok, "clock", $"The clock of Orchestrator {first.Id} is ");
        AssertOne(right, Verdict.Failed, "orchestrators", "Orchestrator 9_9: no connection");
        AssertOne(wrong, Verdict.Failed, "orchestrators", $"Orchestrator {first.Id}");
    }

    [Fact]
    public async Task Doctor_OfInflux_NamesReleaseDatabaseAndSpool()
    {
        var influx = new InfluxProcess();
        await influx.InitializeAsync();
        try
        {
            await File.WriteAllTextAsync(_files.File("spool.db.damaged-1"), "x");
            (string, string)[] settings =
            [
                ("Maestro:Storage:Directory", _files.Path),
                ("Maestro:Storage:Kind", "influxdb"),
                ("Maestro:Storage:Influx:Url", influx.Url.AbsoluteUri),
            ];

            await influx.AskAsync("CREATE DATABASE maestro WITH DURATION 400d NAME autogen");
            await influx.AskAsync("CREATE RETENTION POLICY samples ON maestro DURATION 72h REPLICATION 1");
            var findings = (await ExamineAsync(settings)).Where(f => f.Area == "influxdb").ToList();
            await influx.KillAsync();
            var down = (await ExamineAsync(settings)).Where(f => f.Area == "influxdb").ToList();

            Assert.Matches("InfluxDB 1\\.", findings[0].Message);
            Assert.Contains("maestro", findings[1].Message, StringComparison.Ordinal);
            Assert.Contains(findings, f => f.Verdict is Verdict.Warning && f.Message.Contains("damaged-1", StringComparison.Ordinal));
            AssertOne(findings, Verdict.Ok, "influxdb", "autogen of maestro keeps 400 days");
            AssertOne(findings, Verdict.Warning, "influxdb", "samples of maestro keeps 3 days, less than the 7 days");
            Assert.Contains(findings, f => f.Remedy.EndsWith(
                "ALTER RETENTION POLICY \"samples\" ON \"maestro\" DURATION 168h", StringComparison.Ordinal));
            Assert.Equal(Verdict.Failed, down[0].Verdict);
            Assert.NotEmpty(down[0].Remedy);
        }
        finally
        {
            await influx.DisposeAsync();
        }
    }

    [Fact]
    public async Task CommandLine_EndsWithWhatTheDoctorSays()
    {
        var (code, output, errors) = await RunAsync("doctor", "--json", "--data", _files.Path);
        await File.WriteAllTextAsync(_files.File("wrong.json"), """{ "Maestro": { "Ingest": { "QueueBatches": 0 }, "Fabric": { "Name": "" } } }""");
        var wrong = await RunAsync("doctor", "--data", _files.Path, "--config", "wrong.json");
        await File.WriteAllTextAsync(_files.File("tokens.json"), "{");
        var failed = await RunAsync("doctor", "--data", _files.Path);

        Assert.Equal((0, ""), (code, errors));
        var answer = JsonDocument.Parse(output).RootElement;
        Assert.Equal("Warning", answer.GetProperty("verdict").GetString());
        Assert.All(answer.GetProperty("findings").EnumerateArray(), f => Assert.NotEmpty(f.GetProperty("message").GetString()!));
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("Maestro:Ingest:QueueBatches is 0;", wrong.Output, StringComparison.Ordinal);
        Assert.Contains("OK      store", wrong.Output, StringComparison.Ordinal);
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("failed  access", failed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TokenCommands_MakeListAndRevoke()
    {
        var made = await RunAsync("token", "create", "agent-1", "--role", "agent", "--serial", "S1", "--expires", "90d", "--data", _files.Path);
        var wrong = await RunAsync("token", "create", "x", "--role", "viewer", "--serial", "S1", "--data", _files.Path);
        var listed = await RunAsync("token", "list", "--json", "--data", _files.Path);
        var revoked = await RunAsync("token", "revoke", "agent-1", "--data", _files.Path);
        var again = await RunAsync("token", "revoke", "agent-1", "--data", _files.Path);

        Assert.Equal(0, made.ExitCode);
        Assert.True(TokenSecret.IsWellFormed(made.Output.TrimEnd()));
        Assert.DoesNotContain(made.Output.TrimEnd(), made.Errors, StringComparison.Ordinal);
        Assert.Equal(2, wrong.ExitCode);
        var token = Assert.Single(JsonDocument.Parse(listed.Output).RootElement.EnumerateArray().ToList());
        Assert.Equal("Agent", token.GetProperty("role").GetString());
        Assert.False(token.TryGetProperty("token", out _));
        Assert.Equal((0, 1), (revoked.ExitCode, again.ExitCode));
    }

    public void Dispose() => _files.Dispose();

    private static async Task DropOneAsync(TcpListener listener)
    {
        using var connection = await listener.AcceptTcpClientAsync();
    }

    private static async Task<List<Finding>> ExamineAsync(params (string Key, string Value)[] settings)
    {
        var values = new Dictionary<string, string?>
        {
            ["Maestro:Server:GrpcAddress"] = "http://127.0.0.1:0",
            ["Maestro:Server:ConsoleAddress"] = "http://127.0.0.1:0",
            ["Maestro:Server:OtlpGrpcAddress"] = "",
            ["Maestro:Server:ReceiverAddress"] = "",
        };
        foreach (var (key, value) in settings)
        {
            values[key] = value;
        }

        await using var host = MaestroHost.Build(configuration => configuration.AddInMemoryCollection(values), _ => { });
        using var bounded = new CancellationTokenSource(Patience);
        var findings = new List<Finding>();
        await foreach (var finding in Examinations.RunAsync(host, bounded.Token))
        {
            findings.Add(finding);
        }

        return findings;
    }

    private static void AssertOne(List<Finding> findings, Verdict verdict, string area, string part) => Assert.True(
        findings.Count(f => f.Verdict == verdict && f.Area == area && f.Message.Contains(part, StringComparison.Ordinal)) == 1,
        $"{verdict} {area} '{part}' in:\n{string.Join('\n', findings)}");

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        MaestroProcess.RunAsync(_files.Path, Patience, arguments);
}
