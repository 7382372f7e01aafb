using Maestro.Telemetry.Forecasting.Gate;

namespace Maestro.Telemetry.Forecasting;

/// <summary>A saved <see cref="PreparedForecast"/>.</summary>
internal sealed record PreparedForecastState
{
    /// <summary>What the pipeline was asked for; another request cannot use the state.</summary>
    public required string Request { get; init; }

    /// <summary>The window that is judged, in steps; null in what an earlier release has written.</summary>
    public int? Window { get; init; }

    public required FitStatus Status { get; init; }

    public required string Reason { get; init; }

    /// <summary>The calibrated model's saved state.</summary>
    public required string Model { get; init; }

    public required TrustRecordState Trust { get; init; }

    /// <summary>What the model is compared with, saved likewise.</summary>
    public required string Baseline { get; init; }

    public PendingWindow? Pending { get; init; }

    /// <summary>In ticks of 100 ns since the year 1, UTC.</summary>
    public required long NextTicks { get; init; }
}
