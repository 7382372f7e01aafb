using System.Collections.Immutable;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Replay.Faults;

/// <summary>What became of one group under one contestant when something went wrong.</summary>
public sealed record ChangeOutcome
{
    public required string Group { get; init; }

    public required string Policy { get; init; }

    /// <summary>Measured against the demand as it was, whatever the telemetry said.</summary>
    public required ElasticityMetrics Metrics { get; init; }

    /// <summary>Units that were freed because of bad data, as <see cref="ChangeJudge"/> counts them.</summary>
    public required int RemovalsInFaults { get; init; }

    /// <summary>Samples at which a cap or the minimum was broken; null for rules of thumb, which know none.</summary>
    public required int? Breaches { get; init; }

    /// <summary>Samples decided about at which the forecast was trusted, in percent; null for rules of thumb.</summary>
    public required double? TrustedPercent { get; init; }

    /// <summary>How often each reason was given; empty for rules of thumb.</summary>
    public required ImmutableSortedDictionary<ReasonCode, int> Reasons { get; init; }
}
