using Maestro.Telemetry.Forecasting.Metrics;

namespace Maestro.Telemetry.Forecasting.Backtest;

/// <summary>How one model would have done.</summary>
public sealed record ModelResult
{
    /// <summary>The model that was asked for.</summary>
    public required string Model { get; init; }

    /// <summary>Forecasts by the model that made them: others when this one refused the history.</summary>
    public required IReadOnlyDictionary<string, int> Made { get; init; }

    /// <summary>Why the first one that fell back did; null when none did.</summary>
    public required string? FellBack { get; init; }

    /// <summary>The mean over origins, over the whole horizon.</summary>
    public required ForecastScore Score { get; init; }

    /// <summary>The sCRPS over that of seasonal-naive; below 1 is better. NaN without either.</summary>
    public required double RelativeLoss { get; init; }

    /// <summary>The same by horizon.</summary>
    public required IReadOnlyList<BucketResult> Buckets { get; init; }

    /// <summary>How the quantile of the maximum over windows did.</summary>
    public required IReadOnlyList<WindowResult> Windows { get; init; }

    /// <summary>How often what happened was at or below each quantile.</summary>
    public required IReadOnlyList<LevelResult> Reliability { get; init; }

    /// <summary>Some of the forecasts, oldest first.</summary>
    public required IReadOnlyList<KeptForecast> Kept { get; init; }
}
