using System.Collections.Immutable;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Scaling;

/// <summary>What the planner remembers of one group.</summary>
public sealed record GroupMemory
{
    /// <summary>Units wanted in recent cycles, oldest first: the stabilization window.</summary>
    public ImmutableArray<WantedAt> Wanted { get; init; } = [];

    /// <summary>The members at the last cycle, by serial, ordered: a difference that no command made is out of band.</summary>
    public ImmutableArray<string> Members { get; init; } = [];

    /// <summary>Serials of members that did not get into service when they were brought in, ordered.</summary>
    public ImmutableArray<string> FailedJoins { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Serials of members that got into service only after their change had been given up, ordered.</summary>
    public ImmutableArray<string> LateJoins { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The highest that the newest forecasts thought possible, by the intervals they were about: in reference SGMs.</summary>
    public ImmutableArray<WantedAt> Expected { get; init; } = [];

    /// <summary>A level that demand came to although no forecast had it; null when there is none to hold.</summary>
    public Surge? Surge { get; init; }

    /// <summary>When there was last a forecast to grow on of each resource that limits; null when there never was.</summary>
    public DateTimeOffset? ForecastAt { get; init; }

    /// <summary>When the membership last changed without a command of ours.</summary>
    public DateTimeOffset? OutOfBandAt { get; init; }

    /// <summary>Since when the measured demand cannot be relied on; null while it can.</summary>
    public DateTimeOffset? UnusableSince { get; init; }

    /// <summary>Good samples that are still to come before an SGM is removed.</summary>
    public int SamplesToRecover { get; init; }

    /// <summary>The newest sample that was planned with.</summary>
    public DateTimeOffset? LastSample { get; init; }

    /// <summary>Samples in a row that were below what the forecast thought possible.</summary>
    public int DipSamples { get; init; }

    /// <summary>When the dip guard began to hold; null when it does not.</summary>
    public DateTimeOffset? DipSince { get; init; }

    /// <summary>Until when a sudden fall of demand is not believed; null when there was none.</summary>
    public DateTimeOffset? DipUntil { get; init; }

    /// <summary>The demand that is held meanwhile: what was forecast before the fall.</summary>
    public ImmutableSortedDictionary<Resource, double> DipDemand
    {
        get;
        // Absent in what an earlier release has written.
        init => field = value ?? ImmutableSortedDictionary<Resource, double>.Empty;
    } = ImmutableSortedDictionary<Resource, double>.Empty;

    /// <summary>Since when a member has been hot while the group is cool; null when none is.</summary>
    public DateTimeOffset? HotSince { get; init; }

    /// <summary>The brakes that held within the last day, oldest first.</summary>
    public ImmutableArray<BrakeTrip> Trips { get; init => field = value.IsDefault ? [] : value; } = [];
}
