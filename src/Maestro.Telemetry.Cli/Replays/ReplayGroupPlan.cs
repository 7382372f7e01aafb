using Maestro.Telemetry.Replay;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Cli.Replays;

/// <summary>A recorded demand, and what is special about the group that had to carry it.</summary>
internal sealed record ReplayGroupPlan
{
    public required string Name { get; init; }

    /// <summary>The demand, in any unit.</summary>
    public required TimeSeries Series { get; init; }

    /// <summary>What one SGM carries, in the unit of the demand; null to size it by <see cref="PeakUnits"/>.</summary>
    public double? UnitCapacity { get; init; }

    /// <summary>Units that the .999 quantile of the demand needs; null for what holds for all groups.</summary>
    public double? PeakUnits { get; init; }

    /// <summary>SGMs that serve at the start; null for as many as are needed then.</summary>
    public int? InitialUnits { get; init; }

    /// <summary>How long its SGMs take to join; null for what holds for all groups.</summary>
    public JoinTimes? Joins { get; init; }

    /// <summary>What is special about its policy.</summary>
    public Func<ScalingPolicy, ScalingPolicy> Adapt { get; init; } = static policy => policy;
}
