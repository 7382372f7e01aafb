using System.Collections.Immutable;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Replay;

/// <summary>One group under one contestant.</summary>
public sealed record PolicyResult
{
    public required string Name { get; init; }

    public required ElasticityMetrics Metrics { get; init; }

    /// <summary>Units that served at each sample; 0 before the first that was decided about.</summary>
    public required ImmutableArray<int> Serving { get; init; }

    /// <summary>Geometric mean of τ_U, τ_O, θ_U and θ_O of the yardstick over ours; NaN when one of them is zero.</summary>
    public double ElasticSpeedup { get; init; } = double.NaN;

    /// <summary>How often each reason was given; empty for rules of thumb.</summary>
    public ImmutableSortedDictionary<ReasonCode, int> Reasons { get; init; } =
        ImmutableSortedDictionary<ReasonCode, int>.Empty;

    /// <summary>Share of decisions that a record explains; null for rules of thumb.</summary>
    public double? ExplainedPercent { get; init; }

    /// <summary>Share of decisions made with a trusted forecast; null for rules of thumb.</summary>
    public double? TrustedPercent { get; init; }

    /// <summary>Plans that the second validator refused.</summary>
    public int RefusedPlans { get; init; }
}
