using System.Globalization;
using Maestro.Telemetry.IntegrationTests.Simulation;
using Maestro.Telemetry.IntegrationTests.Storage;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Server;
using Maestro.Telemetry.Server.Autoscaling;
using Maestro.Telemetry.Server.Fabrics;
using Maestro.Telemetry.Server.Forecasting;
using Maestro.Telemetry.Simulator.Hosting;
using Maestro.Telemetry.Simulator.Scenarios;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Maestro.Telemetry.IntegrationTests.Service;

/// <summary>
/// The service over a simulated fabric, both by a clock that moves only when it is told: what the loop does at each
/// minute is done one after the other, so that nothing depends on how fast the machine is.
/// </summary>
internal sealed class SteppedService : IAsyncDisposable
{
    private const string PasswordVariable = "MAESTRO_STEPPED_TEST_PASSWORD";
    private const int ForecastEveryMinutes = 5;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan SampleStep = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory _directory = new();
    private readonly SteppedTime _time;
    private readonly SimulationHost _simulation;
    private readonly Scenario _scenario = Scenario.DualSite();
    private readonly (string Key, string Value)[] _store;
    private MaestroHost? _server;
    private int _minutes;

    /// <param name="start">When the loop begins.</param>
    /// <param name="store">Settings of the store; none for SQLite.</param>
    public SteppedService(DateTimeOffset start, params (string Key, string Value)[] store)
    {
        _time = new SteppedTime(start);
        _store = store;
        var options = new SimulationOptions();
        _simulation = new SimulationHost(_scenario, _time, options, NullLoggerFactory.Instance);
        Environment.SetEnvironmentVariable(PasswordVariable, options.Orchestrators.Password);
    }

    private T The<T>()
        where T : notnull => _server!.Services.GetRequiredService<T>();

    /// <summary>Starts it with a history that ends now.</summary>
    public async Task StartAsync(TimeSpan history, CancellationToken cancellationToken)
    {
        await _simulation.StartAsync(cancellationToken);
        _server = MaestroHost.Build(
            c => c.AddInMemoryCollection(
                [.. Settings(_scenario), .. _store.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value))]),
            _ => { },
            s => s.AddSingleton<TimeProvider>(_time));
        await _server.StartAsync(cancellationToken);
        await SendAsync(_time.GetUtcNow() - history, Minute, cancellationToken);
    }

    /// <summary>A minute passes: the SGMs send, commands go on, forecasts are made, and it is planned.</summary>
    public async Task StepAsync(CancellationToken cancellationToken)
    {
        var before = _time.GetUtcNow();
        _time.Advance(Minute);
        await SendAsync(before, SampleStep, cancellationToken);
        await The<FabricReader>().ReadAsync(cancellationToken);
        await The<ScalingExecutor>().AdvanceAsync(cancellationToken);
        if (_minutes++ % ForecastEveryMinutes == 0)
        {
            await The<ForecastService>().RunAsync(cancellationToken);
        }

        await The<PlanningCycle>().RunAsync(cancellationToken);
    }

    /// <summary>What was decided and what became of the commands, a line each, in order of time.</summary>
    public async Task<IReadOnlyList<string>> RecordsAsync(CancellationToken cancellationToken)
    {
        var decisions = await The<ILedger>().ListDecisionsAsync(null, DateTimeOffset.MaxValue, 100_000, cancellationToken);
        var commands = await The<ILedger>().ListCommandsAsync(DateTimeOffset.MinValue, 100_000, cancellationToken);
        return [.. decisions.Select(Text), .. commands.Select(Text)];
    }

    public async ValueTask DisposeAsync()
    {
        await _simulation.DisposeAsync();
        if (_server is { } server)
        {
            await server.StopAsync(CancellationToken.None);
            await server.DisposeAsync();
        }

        _directory.Dispose();
    }

    private static string Text(DecisionRecord d) => string.Create(
        CultureInfo.InvariantCulture,
        $"{d.Id} {d.Time:O} group {d.Group}: {d.Action} {d.Reason} {d.Members} to {d.Desired} serial {d.Serial} wanted {d.WantedUnits:R} by {d.Binding}: {d.Sentence}");

    private static string Text(ScalingCommand c) => string.Create(
        CultureInfo.InvariantCulture, $"{c.Id} {c.Kind} {c.Serial} {c.From} to {c.To}: {c.State}");

    private async Task SendAsync(DateTimeOffset from, TimeSpan step, CancellationToken cancellationToken)
    {
        var result = await _simulation.LoadHistoryAsync(
            _server!.GrpcAddress, from, _time.GetUtcNow(), step, null, cancellationToken);
        Assert.Equal((result.Rows, 0), (result.Acknowledged, result.Refused));

        // On a busy machine a commit may have been too slow for its sender, and follows from the spool.
        while (The<ISampleSpool>().Statistics.Rows > 0)
        {
            await Task.Delay(Look, TimeProvider.System, cancellationToken);
        }
    }

    private Dictionary<string, string?> Settings(Scenario scenario)
    {
        var settings = SimulatedService.ScalingSettings(_simulation, scenario, _directory.Path, PasswordVariable);
        settings["Maestro:Autoscaler:SampleInterval"] = "00:00:30";
        foreach (var (i, _) in scenario.Groups.Index())
        {
            settings[$"Maestro:Fabric:Groups:{i}:LeadTime"] = "00:15:00";
        }

        return settings;
    }
}
