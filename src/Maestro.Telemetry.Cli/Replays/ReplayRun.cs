using System.Diagnostics;
using Maestro.Telemetry.Cli.Backtests;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Models;
using Maestro.Telemetry.Forecasting.Replay;
using Maestro.Telemetry.Replay;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Cli.Replays;

/// <summary>Reads traces, replays them, and prints what came of it.</summary>
internal sealed class ReplayRun(ReplaySettings settings)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var missing = settings.Traces.FirstOrDefault(file => !File.Exists(file));
        if (missing is not null)
        {
            await Console.Error.WriteLineAsync($"--trace is '{missing}', and there is no such file.");
            return ExitCodes.Usage;
        }

        return await new ReportOutput<ReplayOutcome>
        {
            Source = string.Join(", ", settings.Traces),
            Html = settings.Html,
            Json = settings.Json,
            ToHtml = ReplayHtml.Of,
            ToJson = ReplayJson.Of,
            Print = static outcome => ReplayView.Print(Terminal.Out, outcome),
        }.RunAsync(() => ProgressBar.During("replaying", bar => Run(Read(), bar, cancellationToken)), cancellationToken);
    }

    /// <summary>Replays traces that are read already.</summary>
    /// <param name="traces">Name and samples of each group, in any unit.</param>
    /// <param name="progress">Told the share that is done; may be null.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal ReplayOutcome Run(
        IReadOnlyList<(string Name, TimeSeries Series)> traces,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var (scenario, capacities) = new ReplayTraces(settings).Read(traces);
        var contestants = new Contestants(settings);
        var chosen = contestants.Chosen().ToList();
        var swept = settings.Sweep ? contestants.Sweep().ToList() : [];
        var forecaster = Forecaster(scenario);
        var audit = new ForecastAudit(forecaster, scenario);
        var changes = new ChangeRuns(settings, Forecaster);
        var share = 1.0 / (1 + changes.Count);
        var tracks = ReplayEngine.Run(
            scenario,
            [.. chosen, .. swept.Select(s => s.Contestant)],
            audit,
            PartOfProgress.Between(progress, 0, share),
            cancellationToken);
        return new()
        {
            Settings = settings,
            Scenario = scenario,
            UnitCapacities = capacities,
            Result = ReplayJudge.Judge(scenario, [.. tracks.Take(chosen.Count)], new BlockBootstrap(settings.Seed)),
            Frontier = Frontier(scenario, swept, [.. tracks.Skip(chosen.Count)]),
            Changes = changes.Run(
                scenario, chosen, tracks, PartOfProgress.Between(progress, share, 1), cancellationToken),
            Forecasts = audit.Judge(),
            Fits = forecaster.Fits,
            Took = Stopwatch.GetElapsedTime(began),
        };
    }

    private ReplayForecaster Forecaster(ReplayScenario scenario) => Forecaster(scenario, TimeSpan.Zero);

    /// <summary>Forecasts as far ahead as a contestant may ask for.</summary>
    internal ReplayForecaster Forecaster(ReplayScenario scenario, TimeSpan atLeast)
    {
        var policy = scenario.Groups[0].Policy;
        TimeSpan[] needed = [settings.Lead * 2, policy.ScaleInHorizon, Contestants.Hold(settings.Lead), atLeast];
        var options = new ForecastOptions { Horizon = needed.Max() + TimeSpan.FromMinutes(15) };
        var chain = new FallbackChain([settings.Model, new SeasonalNaiveModel(), new NaiveModel()]);
        return new(scenario, options, chain, settings.RefitEvery);
    }

    private static List<SweepPoint> Frontier(
        ReplayScenario scenario,
        List<(string Policy, double Knob, ReplayContestant Contestant)> swept,
        List<ContestantTracks> tracks)
    {
        var points = new List<SweepPoint>();
        for (var g = 0; g < scenario.Groups.Length; g++)
        {
            var group = scenario.Groups[g];
            var demand = RequiredUnits.Of(group.Demand.Values.Span, scenario.HardUtilization);
            var meter = new ElasticityMeter(demand, scenario.FirstStep, scenario.Step);
            points.AddRange(swept.Select((s, i) =>
                new SweepPoint(group.Name, s.Policy, s.Knob, meter.Measure(tracks[i].Groups[g], null))));
        }

        return points;
    }

    /// <summary>Name and samples of each group, in the unit of the trace.</summary>
    internal List<(string Name, TimeSeries Series)> Read()
    {
        var traces = new List<(string, TimeSeries)>();
        foreach (var file in settings.Traces)
        {
            using var reader = File.OpenText(file);
            var csv = SeriesCsv.Parse(reader, settings.Step);
            var name = Path.GetFileNameWithoutExtension(file);
            traces.AddRange(csv.Columns
                .Where(c => settings.Columns.Count == 0 || settings.Columns.Contains(c.Name))
                .Select(c => (
                    csv.Columns.Count == 1 ? name : $"{name}:{c.Name}", new TimeSeries(csv.Start, csv.Step, c.Values))));
        }

        return traces.Count > 0
            ? traces
            : throw new FormatException("none of the columns named by --column is there.");
    }
}
