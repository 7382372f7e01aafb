using System.Diagnostics;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Cli.Replays;
using Maestro.Telemetry.Replay;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Cli.Tuning;

/// <summary>Replays a trace under many settings at once, and recommends one for each group.</summary>
internal sealed class TuneRun(ReplaySettings settings, TuneLimits limits)
{
    /// <summary>The part of the decisions by which a setting is chosen; the rest judges it.</summary>
    private const double Earlier = 0.6;

    public Task<int> RunAsync(CancellationToken cancellationToken) => new ReplayRun(settings).PrintAsync(
        new ReportOutput<TuneOutcome>
        {
            Source = null,
            Html = settings.Html,
            Json = settings.Json,
            ToHtml = TuneHtml.Of,
            ToJson = TuneJson.Of,
            Print = static outcome => TuneView.Print(Terminal.Out, outcome),
        },
        "tuning",
        (plan, bar) => Run([.. plan.Groups.Select(static group => (group.Name, group.Series))], bar, cancellationToken),
        cancellationToken);

    /// <summary>Tunes with traces that are read already.</summary>
    /// <param name="traces">Name and samples of each group, in any unit.</param>
    /// <param name="progress">Told the share that is done; may be null.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="FormatException">The trace leaves too little to choose by and to judge.</exception>
    internal TuneOutcome Run(
        IReadOnlyList<(string Name, TimeSeries Series)> traces,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var (scenario, _) = new ReplayTraces(settings).Read(traces);
        var split = scenario.FirstStep + (int)Math.Round(Earlier * (scenario.Steps - scenario.FirstStep));
        if (split <= scenario.FirstStep || split >= scenario.Steps)
        {
            throw new FormatException("the trace is too short to choose by one part and judge by another.");
        }

        var grid = TuneGrid.Of(settings, scenario.Groups[0].Policy);
        var forecaster = new ReplayRun(settings).Forecaster(scenario);
        var tracks = ReplayEngine.Run(
            scenario,
            [.. grid.Select(static setting => new PlannerContestant(setting.Name, setting.Turn))],
            forecaster,
            progress,
            cancellationToken);
        return new()
        {
            Settings = settings,
            Limits = limits,
            Scenario = scenario,
            Split = split,
            Groups = [.. scenario.Groups.Select((group, g) => Group(scenario, split, group, g, grid, tracks))],
            Fits = forecaster.Fits,
            Took = Stopwatch.GetElapsedTime(began),
        };
    }

    private TuneGroup Group(
        ReplayScenario scenario,
        int split,
        ReplayGroup group,
        int index,
        IReadOnlyList<TuneSetting> grid,
        IReadOnlyList<ContestantTracks> tracks)
    {
        var demand = RequiredUnits.Of(group.Demand.Values.Span, scenario.HardUtilization);
        var earlier = new ElasticityMeter(demand.AsSpan(0, split), scenario.FirstStep, scenario.Step);
        var later = new ElasticityMeter(demand, split, scenario.Step);
        var measured = grid.Zip(tracks, (setting, track) => (
            Setting: setting,
            Chosen: earlier.Measure(track.Groups[index].Between(scenario.FirstStep, split), null),
            Judged: later.Measure(track.Groups[index].Between(split, scenario.Steps), null))).ToList();
        List<TunePoint> points =
        [
            .. measured.Select(m => new TunePoint(
                m.Setting, m.Chosen, m.Judged, !measured.Exists(other => Dominates(other.Chosen, m.Chosen)))),
        ];
        return new()
        {
            Name = group.Name,
            Policy = group.Policy,
            Points = points,
            Advice = TuneAdvice.Of(points, limits),
        };
    }

    /// <summary>True when the one is nowhere worse, and somewhere better.</summary>
    private static bool Dominates(ElasticityMetrics one, ElasticityMetrics other) =>
        one.UnderProvisionedPercent <= other.UnderProvisionedPercent
        && one.UnitHours <= other.UnitHours
        && one.MovesPerDay <= other.MovesPerDay
        && (one.UnderProvisionedPercent < other.UnderProvisionedPercent
            || one.UnitHours < other.UnitHours
            || one.MovesPerDay < other.MovesPerDay);
}
