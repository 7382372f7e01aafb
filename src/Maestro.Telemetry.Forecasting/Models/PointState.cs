using Maestro.Telemetry.Forecasting.Errors;

namespace Maestro.Telemetry.Forecasting.Models;

/// <summary>A <see cref="FittedPoint{TState}"/> on paper.</summary>
internal sealed record PointState<TState>
{
    public required string Model { get; init; }

    public required TState Knows { get; init; }

    public required ErrorScale Scale { get; init; }

    public required ValueBounds Bounds { get; init; }

    public required ErrorTable Errors { get; init; }
}
