using Maestro.Telemetry.Forecasting.Errors;

namespace Maestro.Telemetry.Forecasting.Models;

/// <summary>A fitted naive or seasonal-naive model on paper.</summary>
internal sealed record LastCycleState
{
    public required string Model { get; init; }

    /// <summary>The last cycle without holes, oldest first.</summary>
    public required double[] Cycle { get; init; }

    public required ErrorScale Scale { get; init; }

    public required ValueBounds Bounds { get; init; }

    public required ErrorTable Errors { get; init; }
}
