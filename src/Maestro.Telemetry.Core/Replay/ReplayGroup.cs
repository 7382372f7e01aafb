using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Replay;

/// <summary>A Security Group and what it had to carry.</summary>
public sealed record ReplayGroup
{
    public required string Name { get; init; }

    /// <summary>Its bounds, pace and aims; its modes say what may be done.</summary>
    public required ScalingPolicy Policy { get; init; }

    /// <summary>What it had to carry: CPU work in busy units, one sample per step; NaN where unknown.</summary>
    public required TimeSeries Demand { get; init; }

    /// <summary>What was measured of it; as long as <see cref="Demand"/>. Null when everything was measured as it was.</summary>
    public MeasuredDemand? Measured { get; init; }

    /// <summary>Units that serve at the start; null for as many as the first sample needs.</summary>
    public int? InitialUnits { get; init; }

    /// <summary>How long its SGMs take to join; null for what holds for all groups of the scenario.</summary>
    public JoinTimes? Joins { get; init; }

    /// <summary>The samples that the forecaster and the planner see.</summary>
    public TimeSeries Seen => Measured is null ? Demand : Demand with { Values = Measured.Work };
}
