using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Replay;
using Maestro.Telemetry.Replay.Faults;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Cli.Replays;

/// <summary>Replays the scenario once more for each thing that may go wrong, and holds it against the sound replay.</summary>
internal sealed class ChangeRuns(ReplaySettings settings, Func<ReplayScenario, IReplayForecaster> forecaster)
{
    /// <summary>Chooses everything.</summary>
    public const string All = "all";

    public static IReadOnlyList<string> FaultNames { get; } = [.. ReplayChanges.Faults.Select(static f => f.Name)];

    public static IReadOnlyList<string> EventNames { get; } = [.. ReplayChanges.Events.Select(static e => e.Name)];

    /// <summary>Everything that may go wrong, for the lesson of a command.</summary>
    public static string Lesson(IEnumerable<IReplayChange> changes) =>
        string.Join('\n', changes.Select(static change => $"  {change.Name,-9}{change.About}"));

    /// <summary>How many replays there are beside the sound one.</summary>
    public int Count => Chosen().Count();

    /// <param name="scenario">The sound scenario.</param>
    /// <param name="contestants">Who decides.</param>
    /// <param name="sound">What they came to in it.</param>
    /// <param name="progress">Told the share that is done; may be null.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public IReadOnlyList<ChangeReport> Run(
        ReplayScenario scenario,
        IReadOnlyList<ReplayContestant> contestants,
        IReadOnlyList<ContestantTracks> sound,
        IProgress<double>? progress,
        CancellationToken cancellationToken) =>
        [.. Chosen().Select((chosen, i) => One(
            scenario, chosen, contestants, sound, PartOfProgress.Of(progress, i, Count), cancellationToken))];

    private ChangeReport One(
        ReplayScenario scenario,
        (IReplayChange Change, bool IsFault) chosen,
        IReadOnlyList<ReplayContestant> contestants,
        IReadOnlyList<ContestantTracks> sound,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        var changed = ReplayChanges.Apply(scenario, chosen.Change, settings.Seed);
        var planned = contestants.Any(static c => c.Name == Contestants.Planner);
        ScalingMode[] modes = planned ? [ScalingMode.Observe, ScalingMode.Recommend] : [];
        var tracks = ReplayEngine.Run(
            changed, [.. contestants, .. modes.Select(In)], forecaster(changed), progress, cancellationToken);
        return new()
        {
            Change = chosen.Change,
            IsFault = chosen.IsFault,
            Outcomes = ChangeJudge.Judge(changed, sound, [.. tracks.Take(contestants.Count)]),
            CallsInObserve = planned ? ChangeJudge.Calls(tracks[^2]) : null,
            CallsInRecommend = planned ? ChangeJudge.Calls(tracks[^1]) : null,
        };
    }

    private static PlannerContestant In(ScalingMode mode) => new(
        $"{Contestants.Planner} in {mode}", policy => policy with { ScaleOutMode = mode, ScaleInMode = mode });

    private IEnumerable<(IReplayChange Change, bool IsFault)> Chosen() =>
    [
        .. ReplayChanges.Faults.Where(f => Asked(settings.Faults, f)).Select(static f => (f, true)),
        .. ReplayChanges.Events.Where(e => Asked(settings.Events, e)).Select(static e => (e, false)),
    ];

    private static bool Asked(IReadOnlyList<string> names, IReplayChange change) =>
        names.Contains(All) || names.Contains(change.Name);
}
