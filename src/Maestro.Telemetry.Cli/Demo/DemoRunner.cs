using Grpc.Net.Client;
using Maestro.Telemetry.Agent;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Server;
using Maestro.Telemetry.Simulator;
using Maestro.Telemetry.Simulator.Hosting;
using Maestro.Telemetry.Simulator.Load;
using Maestro.Telemetry.Simulator.Scenarios;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace Maestro.Telemetry.Cli.Demo;

/// <summary>The demo from start to summary: fabric, server, history, loop.</summary>
internal sealed class DemoRunner(DemoSettings settings)
{
    private static readonly TimeSpan HistoryStep = TimeSpan.FromMinutes(1);
    private static readonly TimeOnly MorningRamp = new(7, 0);

    // Standard output is for the JSON alone when there is one.
    private readonly IAnsiConsole _console = settings.Json ? Terminal.Error : Terminal.Out;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (settings.Data is { } kept && File.Exists(Path.Combine(kept, "telemetry.db")))
        {
            // The simulation begins again in the morning: what another run left lies in its future.
            await Console.Error.WriteLineAsync(
                $"--data {kept} has the data of an earlier run, which a demo cannot continue; "
                + "name another directory, or delete it.");
            return ExitCodes.Usage;
        }

        Environment.SetEnvironmentVariable(DemoServer.PasswordVariable, new SimulationOptions().Orchestrators.Password);
        var directory = settings.Data ?? Directory.CreateTempSubdirectory("maestro-demo-").FullName;
        try
        {
            return await RunAsync(directory, cancellationToken);
        }
        catch (Exception e) when (e is StoreUnavailableException or IOException or FormatException)
        {
            await Console.Error.WriteLineAsync(StartErrors.Describe(e));
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Ok;
        }
        finally
        {
            if (settings.Data is null)
            {
                Directory.Delete(directory, recursive: true);
            }
        }
    }

    private async Task<int> RunAsync(string directory, CancellationToken cancellationToken)
    {
        var start = StartOfSimulation(TimeProvider.System.GetUtcNow());
        var clock = new SimulationClock(start, settings.Speed);
        var scenario = Scenario.DualSite(settings.Seed);
        await using var simulation = new SimulationHost(
            scenario, clock, SimulationOptions(start), NullLoggerFactory.Instance);
        await simulation.StartAsync(cancellationToken);
        await using var server = DemoServer.Build(settings, scenario, simulation, clock, directory);
        if (server.CheckConfiguration() is [_, ..] errors)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, errors));
            return ExitCodes.Usage;
        }

        await server.StartAsync(cancellationToken);
        var history = await LoadHistoryAsync(simulation, server, start, cancellationToken);
        simulation.StartAgents(server.GrpcAddress);
        await server.StartLoopAsync(cancellationToken);
        var began = clock.GetUtcNow();
        _console.MarkupLineInterpolated($"console [link]{server.ConsoleAddress}[/]   gRPC {server.GrpcAddress}");
        using var channel = GrpcChannel.ForAddress(server.GrpcAddress);
        var client = new AutoscalerControl.AutoscalerControlClient(channel);
        await WatchAsync(client, cancellationToken);
        var simulated = clock.GetUtcNow() - began;

        // First what acts, then what measures: so that all that was sent is stored when it is counted.
        await server.StopLoopAsync(CancellationToken.None);
        await simulation.StopAsync();
        var status = await client.GetStatusAsync(new GetStatusRequest(), cancellationToken: CancellationToken.None);
        var summary = DemoSummary.Create(status, simulation.Counters, simulated, history);
        Print(summary);
        await server.StopAsync(CancellationToken.None);
        return summary.Breaches == 0 ? ExitCodes.Ok : ExitCodes.Failed;
    }

    /// <summary>The morning of the last working day, when there is something to see: demand begins to rise.</summary>
    private static DateTimeOffset StartOfSimulation(DateTimeOffset now)
    {
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
        {
            day = day.AddDays(-1);
        }

        return new DateTimeOffset(day, MorningRamp, TimeSpan.Zero);
    }

    private SimulationOptions SimulationOptions(DateTimeOffset start)
    {
        // At high speeds an agent cannot read more often than some times a real second.
        var options = new SimulationOptions
        {
            Interval = TimeSpan.FromSeconds(Math.Max(10, settings.Speed / 4)),
            Agentless = settings.Agentless,
        };
        if (settings.Trace is null)
        {
            return options;
        }

        using var reader = settings.Trace.OpenText();
        var trace = WorkTrace.ForUnits(DemandTrace.Parse(reader), start - settings.History, units: 8);
        return options with { Traces = new Dictionary<int, WorkTrace> { [settings.TraceGroup] = trace } };
    }

    private async Task<TimeSpan> LoadHistoryAsync(
        SimulationHost simulation, MaestroHost server, DateTimeOffset start, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        await _console.Progress().AutoClear(false).HideCompleted(false).StartAsync(async context =>
        {
            var task = context.AddTask($"loading {settings.History.TotalDays:F0} days of history over gRPC");
            var progress = new Progress<(long Rows, long Total)>(p =>
            {
                task.MaxValue = p.Total;
                task.Value = p.Rows;
            });
            await simulation.LoadHistoryUntilNowAsync(
                server.GrpcAddress, start - settings.History, HistoryStep, progress, cancellationToken);
            task.Value = task.MaxValue;
        });
        return TimeProvider.System.GetElapsedTime(began);
    }

    /// <summary>Shows the status until the time is over.</summary>
    private async Task WatchAsync(
        AutoscalerControl.AutoscalerControlClient client, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (settings.For is { } limit)
        {
            ended.CancelAfter(limit);
        }

        try
        {
            if (settings.Headless || settings.Json)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ended.Token);
            }
            else
            {
                await DemoView.ShowAsync(_console, client, ended.Token);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The time is over, or Ctrl+C: both end in the summary.
        }
    }

    private void Print(DemoSummary summary)
    {
        if (settings.Json)
        {
            Console.WriteLine(summary.ToJson());
            return;
        }

        _console.WriteLine($"{summary.SimulatedHours:F1} simulated hours");
        _console.WriteLine(
            $"samples   {summary.Samples.Accepted} accepted, {summary.Samples.Refused} refused, {summary.Samples.Stored} stored");
        _console.WriteLine($"forecasts {summary.Forecasts}");
        _console.WriteLine(
            $"commands  {summary.Commands.Add} add, {summary.Commands.Remove} remove, {summary.Commands.Move} move, {summary.Commands.Failed} failed");
        _console.WriteLine(
            $"apply     {summary.ApplyLatencySeconds.P50:F3} s median, {summary.ApplyLatencySeconds.P99:F3} s at the 99th percentile");
        _console.WriteLine($"breaches  {summary.Breaches}");
    }
}
