using System.Collections.Immutable;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Scaling.Guards;

/// <summary>What the brakes know of a group in this cycle; it is remembered for the next.</summary>
internal sealed record GuardFacts
{
    public static GuardFacts None { get; } = new();

    /// <summary>Since when the measured demand cannot be relied on; null while it can.</summary>
    public DateTimeOffset? UnusableSince { get; init; }

    /// <summary>Good samples that are still to come before an SGM is removed.</summary>
    public int SamplesToRecover { get; init; }

    public DateTimeOffset? LastSample { get; init; }

    /// <summary>Samples in a row below what the forecast thought possible.</summary>
    public int DipSamples { get; init; }

    /// <summary>When the dip guard began to hold; null when it does not.</summary>
    public DateTimeOffset? DipSince { get; init; }

    /// <summary>Until when a sudden fall of demand is not believed; null when there was none.</summary>
    public DateTimeOffset? DipUntil { get; init; }

    /// <summary>The demand that is held meanwhile.</summary>
    public ImmutableSortedDictionary<Resource, double> DipDemand { get; init; } =
        ImmutableSortedDictionary<Resource, double>.Empty;

    public DateTimeOffset? HotSince { get; init; }

    /// <summary>What is hot while the group is cool, for two cycles at least; null when nothing is.</summary>
    public HotSpot? Hot { get; init; }

    /// <summary>Why nothing is removed although demand is low: the group grew and shrank in turn.</summary>
    public Refusal? Reversal { get; init; }

    /// <summary>Why no SGM is added: the last ones did not help, or did not get into service.</summary>
    public Refusal? NoRelief { get; init; }

    public Refusal? FailedChanges { get; init; }

    public ImmutableArray<BrakeTrip> Trips { get; init; } = [];
}
