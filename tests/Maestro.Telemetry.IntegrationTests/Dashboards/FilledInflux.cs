using Grpc.Net.Client;
using Maestro.Telemetry.IntegrationTests.Service;
using Maestro.Telemetry.IntegrationTests.Simulation;
using Maestro.Telemetry.IntegrationTests.Storage;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Server;
using Maestro.Telemetry.Simulator;
using Maestro.Telemetry.Simulator.Faults;
using Maestro.Telemetry.Simulator.Hosting;
using Maestro.Telemetry.Simulator.Scenarios;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Maestro.Telemetry.IntegrationTests.Dashboards;

/// <summary>
/// A real InfluxDB that the service has filled: ten days of a simulated fabric, and then its loop until forecasts were
/// made, SGMs have joined, an operator has approved, rows were refused and an Orchestrator was gone.
/// </summary>
public sealed class FilledInflux : IAsyncLifetime, IDisposable
{
    private const string PasswordVariable = "MAESTRO_DASHBOARD_TEST_PASSWORD";

    private static readonly DateTimeOffset Start = new(2026, 11, 20, 7, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan History = TimeSpan.FromDays(10);
    private static readonly TimeSpan HistoryStep = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    private readonly InfluxProcess _influx = new();
    private readonly TemporaryDirectory _directory = new();

    /// <summary>The newest time that there is anything of.</summary>
    public DateTimeOffset Now { get; private set; }

    public InfluxAnswers Ask { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        using var bounded = new CancellationTokenSource(Patience);
        await _influx.InitializeAsync();
        var clock = new SimulationClock(Start, speed: 60);
        var scenario = Scenario.DualSite();
        var options = new SimulationOptions { Interval = TimeSpan.FromSeconds(30) };
        await using var simulation = new SimulationHost(scenario, clock, options, NullLoggerFactory.Instance);
        await simulation.StartAsync(bounded.Token);
        Environment.SetEnvironmentVariable(PasswordVariable, options.Orchestrators.Password);
        await using var server = MaestroHost.Build(
            c => c.AddInMemoryCollection(Settings(simulation, scenario)),
            _ => { },
            s => s.AddSingleton<TimeProvider>(clock));
        await server.StartAsync(bounded.Token);
        await simulation.LoadHistoryUntilNowAsync(
            server.GrpcAddress, Start - History, HistoryStep, null, bounded.Token);
        simulation.StartAgents(server.GrpcAddress);
        await server.StartLoopAsync(bounded.Token);
        using var channel = GrpcChannel.ForAddress(server.GrpcAddress);
        await RefuseAsync(new(channel), bounded.Token);
        Ask = new InfluxAnswers(_influx);
        await ApproveOneAsync(new(channel), bounded.Token);
        await UntilAsync("""SELECT count(after_seconds) FROM command WHERE state = 'Verified'""", bounded.Token);
        await UntilAsync("""SELECT count(after_seconds) FROM command WHERE state = 'Approved'""", bounded.Token);
        await UntilAsync("""SELECT count(pinball_ratio) FROM forecast_health""", bounded.Token);
        await UntilAsync("""SELECT count(anomaly_score) FROM forecast_health""", bounded.Token);

        // Of the group that a reader sees first.
        await UntilAsync("""SELECT count(risk) FROM decision WHERE security_group = '1'""", bounded.Token);
        await UntilAsync(
            """SELECT count(sentence) FROM decision WHERE security_group = '1' AND "action" != 'Hold'""", bounded.Token);
        Assert.Null(simulation.Faults.Inject(
            new Fault { Kind = FaultKind.Down, Orchestrator = simulation.Orchestrators[^1].Id }));
        await UntilAsync("""SELECT count(sentence) FROM problem""", bounded.Token);
        await UntilAsync("""SELECT count(p50) FROM forecast_step WHERE lead = '3h'""", bounded.Token);
        Now = clock.GetUtcNow();
        await server.StopLoopAsync(bounded.Token);
        await server.StopAsync(bounded.Token);
    }

    public Task DisposeAsync() => _influx.DisposeAsync();

    public void Dispose() => _directory.Dispose();

    private static async Task RefuseAsync(
        TelemetryCollector.TelemetryCollectorClient collector, CancellationToken cancellationToken)
    {
        for (var i = 0; i < 2; i++)
        {
            await collector.ExportAsync(
                new ExportRequest
                {
                    Hello = ServerUnderTest.Hello("NOBODY"),
                    Batch = new Batch { Sequence = 1, TimestampsUnixMs = { Start.ToUnixTimeMilliseconds() }, Values = { 1 } },
                },
                cancellationToken: cancellationToken);
        }
    }

    /// <summary>Approves the first command that is proposed, as an operator would.</summary>
    private static async Task ApproveOneAsync(
        AutoscalerControl.AutoscalerControlClient control, CancellationToken cancellationToken)
    {
        while (true)
        {
            var status = await control.GetStatusAsync(new GetStatusRequest(), cancellationToken: cancellationToken);
            if (status.OpenCommands.FirstOrDefault(c => c.State == "Proposed") is { } proposed)
            {
                await control.ApproveAsync(
                    new ApproveRequest { CommandId = proposed.Id, Actor = "operator" }, cancellationToken: cancellationToken);
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Waits until a query has something to count.</summary>
    private async Task UntilAsync(string query, CancellationToken cancellationToken)
    {
        while ((await Ask.QueryAsync(query)).Count == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, cancellationToken);
        }
    }

    private Dictionary<string, string?> Settings(SimulationHost simulation, Scenario scenario)
    {
        var settings = SimulatedService.ScalingSettings(simulation, scenario, _directory.Path, PasswordVariable);
        settings["Maestro:Storage:Kind"] = "influxdb";
        settings["Maestro:Storage:Influx:Url"] = _influx.Url.ToString();
        settings["Maestro:Storage:Influx:Database"] = InfluxAnswers.Database;
        settings["Maestro:Autoscaler:SampleInterval"] = "00:01:00";

        // One whose commands wait for an operator.
        settings["Maestro:Fabric:Groups:0:ScaleOut"] = "Recommend";
        settings["Maestro:Fabric:Groups:0:ScaleIn"] = "Recommend";
        return settings;
    }
}
