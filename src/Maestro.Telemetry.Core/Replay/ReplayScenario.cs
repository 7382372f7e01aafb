using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Replay;

/// <summary>What is replayed: groups on one site, the SGMs they share, and how long an SGM takes to join.</summary>
public sealed record ReplayScenario
{
    /// <summary>On the same grid of time: same start, step and count.</summary>
    public required ImmutableArray<ReplayGroup> Groups { get; init; }

    /// <summary>The first sample that is decided about; what is before is history to learn from.</summary>
    public required int FirstStep { get; init; }

    /// <summary>
    /// The first sample that counts: the first that a decision could have any effect on. What served before it was
    /// nobody's choice.
    /// </summary>
    public int FirstMeasured =>
        Math.Min(Steps - 1, FirstStep + UnitFleet.StepsOf(Groups.Max(g => JoinsOf(g).Lead), Step));

    /// <summary>For all groups that do not have their own.</summary>
    public required JoinTimes Joins { get; init; }

    /// <summary>Free units at the start.</summary>
    public required int PoolUnits { get; init; }

    /// <summary>Share of a unit above which demand is violated, in (0, 1].</summary>
    public double HardUtilization { get; init; } = 0.8;

    public FabricLimits Limits { get; init; } = new();

    /// <summary>False when a change of the site waits for the one before, even of the same plan.</summary>
    public bool JoinsTogether { get; init; } = true;

    public TimeSpan Step => Groups[0].Demand.Step;

    public int Steps => Groups[0].Demand.Count;

    /// <summary>The time of a sample.</summary>
    public DateTimeOffset TimeAt(int step) => Groups[0].Demand.TimeAt(step);

    /// <summary>How long the SGMs of a group take to join.</summary>
    public JoinTimes JoinsOf(ReplayGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return group.Joins ?? Joins;
    }

    /// <summary>Units that serve a group at the start.</summary>
    public int InitialUnits(ReplayGroup group)
    {
        var first = RequiredUnits.Of(group.Demand.Values.Span[Math.Max(0, FirstStep - 1)], HardUtilization);
        return group.InitialUnits ?? Math.Max(first, group.Policy.Minimum);
    }

    /// <exception cref="ArgumentException">The groups are not on one grid, or there is nothing to decide about.</exception>
    public void Guard()
    {
        if (Groups.IsDefaultOrEmpty)
        {
            throw new ArgumentException("There is no group; a replay needs at least one.");
        }

        if (Groups.Any(g => g.Demand.Start != Groups[0].Demand.Start || g.Demand.Step != Step || g.Demand.Count != Steps))
        {
            throw new ArgumentException("The demands of the groups are not on one grid of time.");
        }

        if (FirstStep < 1 || FirstStep >= Steps)
        {
            throw new ArgumentException(
                $"The replay would begin at sample {FirstStep} of {Steps}; leave history before it and samples after it.");
        }
    }
}
