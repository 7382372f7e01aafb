using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Scaling;

/// <summary>What is measured of a group at the moment of planning.</summary>
public sealed record GroupTelemetry
{
    public required SecurityGroupId Group { get; init; }

    /// <summary>The demand of the last two complete intervals by resource, the worse of the two; absent when unknown.</summary>
    public ImmutableSortedDictionary<Resource, double> Demand { get; init; } =
        ImmutableSortedDictionary<Resource, double>.Empty;

    /// <summary>When the newest sample of any member was taken; null when there is none.</summary>
    public DateTimeOffset? NewestSample { get; init; }

    /// <summary>Share of ACTIVE members with a fresh sample, 0 to 1.</summary>
    public double Coverage { get; init; }

    /// <summary>The interval in which samples are expected; above zero.</summary>
    public TimeSpan SampleInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// For how long every resource that is in demand has had the same value to the last digit; zero while one of them varies.
    /// </summary>
    public TimeSpan UnchangedFor { get; init; }

    /// <summary>
    /// How many of the newest intervals are known without one missing among them, of the resource in demand of which the
    /// fewest are; the default is that none is missing.
    /// </summary>
    public int KnownInARow { get; init; } = int.MaxValue;

    /// <summary>
    /// Share of the last hour's intervals that are known, of the resource in demand of which the fewest are: from 0 to 1; the
    /// default is that none is missing.
    /// </summary>
    public double KnownShareOfHour { get; init; } = 1;

    /// <summary>How busy each ACTIVE member with fresh samples is; empty when that is not known.</summary>
    public ImmutableArray<MemberLoad> Members { get; init; } = [];

    /// <summary>The highest demand of the last 24 hours by resource; absent while no whole day is known.</summary>
    public ImmutableSortedDictionary<Resource, double> HighestOfDay { get; init; } =
        ImmutableSortedDictionary<Resource, double>.Empty;

    /// <summary>The highest demand of the last 28 days by resource; absent while less than a week is known.</summary>
    public ImmutableSortedDictionary<Resource, double> Highest { get; init; } =
        ImmutableSortedDictionary<Resource, double>.Empty;
}
