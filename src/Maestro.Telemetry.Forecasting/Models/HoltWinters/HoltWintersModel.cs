namespace Maestro.Telemetry.Forecasting.Models.HoltWinters;

/// <summary>
/// Additive Holt-Winters smoothing with a damped trend (Winters, 1960, "Forecasting sales by exponentially weighted
/// moving averages", Management Science 6:324-342; Gardner and McKenzie, 1985, "Forecasting trends in time series",
/// Management Science 31:1237-1246), in error-correction form (Hyndman, Koehler, Snyder and Grose, 2002, "A state space
/// framework for automatic forecasting using exponential smoothing methods", International Journal of Forecasting
/// 18:439-454, https://doi.org/10.1016/S0169-2070(01)00110-8). Without two cycles of the first known period there is no
/// season.
/// </summary>
public sealed class HoltWintersModel : IForecastModel
{
    public const string ModelName = "holt-winters";

    /// <summary>Fewer known values than this are refused.</summary>
    internal const int FewestValues = 24;

    /// <summary>Parts of the history that errors are measured on.</summary>
    private const int Parts = 4;

    public string Name => ModelName;

    public FitResult Fit(TrainingSeries series, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var values = series.Learnable();
        if (Gaps.Known(values) is < FewestValues and var known)
        {
            return FitResult.Refused($"{known} known values; {ModelName} needs {FewestValues}");
        }

        var period = series.Periods.FirstOrDefault(1);
        period = values.Length >= 2 * period ? period : 1;
        var first = values.Length >= 3 * period ? Math.Max(2 * period, values.Length / 3) : values.Length / 3;
        return PointFit.Fit(
            ModelName,
            series,
            values,
            period,
            PointFit.Cuts(first, values.Length, Parts),
            count => HoltWintersFit.Learn(values.AsSpan(0, count), period, cancellationToken),
            ModelJson.Default.PointStateHoltWintersState,
            cancellationToken);
    }

    public IFittedModel Restore(string json) => FittedPoint<HoltWintersState>.Restore(
        json,
        ModelName,
        ModelJson.Default.PointStateHoltWintersState,
        static state => new DampedSeason(state));
}
