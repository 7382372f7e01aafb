using Maestro.Telemetry.IntegrationTests.Service;
using Maestro.Telemetry.IntegrationTests.Simulation;
using Maestro.Telemetry.IntegrationTests.Storage;
using Maestro.Telemetry.Server;
using Maestro.Telemetry.Server.Doctor;
using Maestro.Telemetry.Server.Ingest;
using Maestro.Telemetry.Simulator;
using Maestro.Telemetry.Simulator.Hosting;
using Maestro.Telemetry.Simulator.Scenarios;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Maestro.Telemetry.IntegrationTests.Polling;

/// <summary>Agents where they may be, polling where not, each at its own pace.</summary>
[Collection(ServerUnderTest.OneAtATime)]
public sealed class PollingServiceTests : IDisposable
{
    private const string Password = "MAESTRO_TEST_POLLING_SERVICE_PASSWORD";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task Service_BesideAgents_PollsWhomNothingComesFrom()
    {
        var (simulation, clock) = await SimulateAsync(speed: 60);
        await using var running = simulation;
        await using var server = Build(simulation, clock, right: true);
        await server.StartAsync(default).WaitAsync(Patience);
        simulation.StartAgents(server.GrpcAddress);

        var latest = server.Services.GetRequiredService<LatestBoard>();
        var view = simulation.Fabric.View();
        await PolledFabric.UntilAsync(() => view.Gateways.All(g => latest.NewestOf(new(g.Serial)) is not null));
        var first = latest.NewestOf(new(view.MembersOf(1).First().Serial));
        await PolledFabric.UntilAsync(() => latest.NewestOf(new(view.MembersOf(1).First().Serial)) > first);
        await simulation.StopAsync().WaitAsync(Patience);
        await server.StopAsync(default).WaitAsync(Patience);

        Assert.All(view.Gateways, g => Assert.Equal(
            g.Group == 1, double.IsNaN(latest.ValueOf(new(g.Serial), Series.MetricId.ConnectionsPerSecond))));
        var rows = server.Services.GetRequiredService<RowCounters>();
        Assert.Equal((0L, 0L), (rows.Refused, rows.InFlight));
        Assert.False(server.Faulted);
    }

    [Fact]
    public async Task Doctor_OfTargets_LogsInAndAsksOnce()
    {
        var (simulation, clock) = await SimulateAsync(speed: 1);
        await using var running = simulation;

        var right = await ExamineAsync(Build(simulation, clock, right: true));
        var wrong = await ExamineAsync(Build(simulation, clock, right: false));
        await simulation.Groups[0].StopAsync(default);
        var down = await ExamineAsync(Build(simulation, clock, right: true));

        Assert.Equal(Verdict.Ok, right.Verdict);
        Assert.Matches("^Security Group 1 answers and lets us in; its SMO is [0-9]+ % busy on [0-9]+ cores.$", right.Message);
        Assert.Equal(Verdict.Failed, wrong.Verdict);
        Assert.Contains("the login was refused", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("password of group 1 in Maestro:Polling", wrong.Remedy, StringComparison.Ordinal);
        Assert.Equal(Verdict.Failed, down.Verdict);
        Assert.Contains("Security Group 1: no connection", down.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private static async Task<(SimulationHost Simulation, SimulationClock Clock)> SimulateAsync(double speed)
    {
        var options = new SimulationOptions { Agentless = new HashSet<int> { 1 }, ControlPort = null };
        Environment.SetEnvironmentVariable(Password, options.Orchestrators.Password);
        var clock = new SimulationClock(TimeProvider.System.GetUtcNow(), speed);
        var simulation = new SimulationHost(Scenario.DualSite(), clock, options, NullLoggerFactory.Instance);
        await simulation.StartAsync(default).WaitAsync(Patience);
        return (simulation, clock);
    }

    private MaestroHost Build(SimulationHost simulation, SimulationClock clock, bool right)
    {
        var settings = SimulatedService.Settings(simulation, simulation.Fabric.Scenario, _directory.Path, Password);
        settings["Maestro:Autoscaler:AutoStart"] = "false";
        settings["Maestro:Polling:Timeout"] = "00:05:00";
        settings["Maestro:Polling:PasswordEnvironmentVariable"] = right ? Password : "PATH";
        settings["Maestro:Polling:Targets:0:Group"] = "1";
        settings["Maestro:Polling:Targets:0:Address"] = simulation.Groups[0].Url.ToString();
        return MaestroHost.Build(
            configuration => configuration.AddInMemoryCollection(settings),
            _ => { },
            services => services.AddSingleton<TimeProvider>(clock));
    }

    private static async Task<Finding> ExamineAsync(MaestroHost host)
    {
        await using var examined = host;
        using var bounded = new CancellationTokenSource(Patience);
        var findings = new List<Finding>();
        await foreach (var finding in Examinations.RunAsync(host, bounded.Token))
        {
            findings.Add(finding);
        }

        return Assert.Single(findings, f => f.Area == "polling");
    }
}
