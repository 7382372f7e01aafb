using System.Collections.Immutable;

namespace Maestro.Telemetry.Replay.Faults;

/// <summary>What can go wrong in a replay, by name.</summary>
public static class ReplayChanges
{
    /// <summary>Telemetry that is not what it should be; the demand is as it was.</summary>
    public static ImmutableArray<IReplayChange> Faults { get; } =
    [
        new DroppedSamples(1), new DroppedSamples(10), new PeakGap(), new ZeroOutage(), new StuckValue(),
        new SilentMember(), new SkewedClock(),
    ];

    /// <summary>Demand that does what it did not do before; it is measured as it is.</summary>
    public static ImmutableArray<IReplayChange> Events { get; } =
    [
        new StepUp(), new FlashCrowd(), new RetryStorm(), new SlowGrowth(), new QuietDay(), new ShiftedSchedule(),
    ];

    /// <summary>The scenario as it would have been. All groups are hit at the same time where the time is by chance.</summary>
    /// <param name="scenario">What is replayed.</param>
    /// <param name="change">What goes wrong.</param>
    /// <param name="seed">Chooses moments; the same seed chooses the same.</param>
    public static ReplayScenario Apply(ReplayScenario scenario, IReplayChange change, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(change);
        var when = new ChangeMoments(
            scenario.FirstStep, scenario.Steps, scenario.Step, scenario.HardUtilization, seed);
        return scenario with { Groups = [.. scenario.Groups.Select(g => change.Apply(g, when))] };
    }
}
