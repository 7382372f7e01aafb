using Maestro.Telemetry.Forecasting.Errors;

namespace Maestro.Telemetry.Forecasting.Models;

/// <summary>A fitted level-ratio model on paper.</summary>
internal sealed record LevelRatioState
{
    public required string Model { get; init; }

    public required LevelTrackerState Tracker { get; init; }

    public required LevelPoint Point { get; init; }

    public required CarryOver CarryOver { get; init; }

    public required ValueBounds Bounds { get; init; }

    public required ErrorTable Errors { get; init; }
}
