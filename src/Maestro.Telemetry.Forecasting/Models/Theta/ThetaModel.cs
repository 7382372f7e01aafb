namespace Maestro.Telemetry.Forecasting.Models.Theta;

/// <summary>
/// The theta method (Assimakopoulos and Nikolopoulos, 2000, "The theta model: a decomposition approach to forecasting",
/// International Journal of Forecasting 16:521-530, https://doi.org/10.1016/S0169-2070(00)00066-2): the mean of a trend
/// line and of simple exponential smoothing of the line that doubles the distance from it. The season is taken out
/// beforehand by classical additive decomposition, so that zeros and negative values are no trouble. Without two cycles
/// of the first known period there is neither season nor trend.
/// </summary>
public sealed class ThetaModel : IForecastModel
{
    public const string ModelName = "theta";

    /// <summary>Fewer known values than this are refused.</summary>
    internal const int FewestValues = 24;

    /// <summary>Parts of the history that errors are measured on.</summary>
    private const int Parts = 8;

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
        var cuts = Cuts(values, period);
        return PointFit.Fit(
            ModelName,
            series,
            values,
            values.Length >= 2 * period ? period : 1,
            cuts,
            count => ThetaFit.Learn(values.AsSpan(0, count), period),
            ModelJson.Default.PointStateThetaState,
            cancellationToken);
    }

    public IFittedModel Restore(string json) => FittedPoint<ThetaState>.Restore(
        json,
        ModelName,
        ModelJson.Default.PointStateThetaState,
        static state => new ThetaLine(state));

    /// <summary>Errors are those of forecasts with a season, once there is one.</summary>
    private static int[] Cuts(double[] values, int period)
    {
        var seasonal = values.Length >= 3 * period;
        return PointFit.Cuts(seasonal ? Math.Max(2 * period, values.Length / 4) : values.Length / 3, values.Length, Parts);
    }
}
