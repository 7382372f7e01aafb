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
}
