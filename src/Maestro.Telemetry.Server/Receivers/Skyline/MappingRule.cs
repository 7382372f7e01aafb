using System.Collections.Immutable;
using Maestro.Telemetry.Server.Receivers.Intake;

namespace Maestro.Telemetry.Server.Receivers.Skyline;

/// <summary>What the series of a metric become.</summary>
internal sealed record MappingRule
{
    /// <summary>The name as Prometheus writes it.</summary>
    public required string Metric { get; init; }

    public required MetricTarget Target { get; init; }

    /// <summary>When several rules give the same target, the lowest rank of those that have a value counts.</summary>
    public int Rank { get; init; }

    /// <summary>Which of the series; all of these must hold.</summary>
    public ImmutableArray<LabelCondition> Where { get; init; } = [];

    /// <summary>Which not; none of these may hold.</summary>
    public ImmutableArray<LabelCondition> Except { get; init; } = [];

    /// <summary>Labels that tell apart the series that are combined; series that do not differ in them are one.</summary>
    public ImmutableArray<string> By { get; init; } = [];

    public Combination Combine { get; init; }

    public ReadingKind Kind { get; init; }

    public ShareRole Role { get; init; }

    public double Scale { get; init; } = 1;

    /// <summary>Whether series of all virtual systems are taken; else those of VS0 are.</summary>
    public bool AllVirtualSystems { get; init; }

    /// <summary>Whether the series must be about the member that sends it.</summary>
    public bool OwnMemberOnly { get; init; }

    public bool Takes(SeriesDescription series) =>
        Where.All(condition => condition.Holds(series)) && !Except.Any(condition => condition.Holds(series));

    /// <summary>What a value of this unit is multiplied with: OTLP says what Prometheus leaves to the name.</summary>
    public double FactorOf(string unit) => Scale * (unit, Target) switch
    {
        ("1", MetricTarget.CpuMeanPercent or MetricTarget.CpuBusiestCorePercent or MetricTarget.CpuCoreBusyPercent) => 100,
        ("1", MetricTarget.MemoryUsedPercent) when Role == ShareRole.Value => 100,
        ("By/s" or "By", MetricTarget.ReceivedBitsPerSecond or MetricTarget.TransmittedBitsPerSecond) => 8,
        _ => 1,
    };
}
