using Maestro.Telemetry.Replay.Faults;

namespace Maestro.Telemetry.Cli.Replays;

/// <summary>What came of a replay in which something went wrong.</summary>
internal sealed record ChangeReport
{
    /// <summary>What went wrong.</summary>
    public required IReplayChange Change { get; init; }

    /// <summary>True for telemetry that was not what it should be, false for demand that was another.</summary>
    public required bool IsFault { get; init; }

    /// <summary>Each group under each contestant.</summary>
    public required IReadOnlyList<ChangeOutcome> Outcomes { get; init; }

    /// <summary>Commands of the planner that were carried out in mode observe; null when it was not replayed.</summary>
    public int? CallsInObserve { get; init; }

    /// <summary>Commands of the planner that were carried out in mode recommend; null when it was not replayed.</summary>
    public int? CallsInRecommend { get; init; }
}
