namespace Maestro.Telemetry.Forecasting.Gate;

/// <summary>A saved <see cref="TrustRecord"/>.</summary>
internal sealed record TrustRecordState
{
    /// <summary>A verdict that no window changes; null when windows decide.</summary>
    public string? Fixed { get; init; }

    public GateSums[] Parts { get; init; } = [];

    public bool[] Recent { get; init; } = [];
}
