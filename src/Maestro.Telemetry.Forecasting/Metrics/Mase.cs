namespace Maestro.Telemetry.Forecasting.Metrics;

/// <summary>
/// Mean absolute scaled error (Hyndman and Koehler, 2006, "Another look at measures of forecast accuracy",
/// International Journal of Forecasting 22:679-688, https://doi.org/10.1016/j.ijforecast.2006.03.001).
/// </summary>
public static class Mase
{
    /// <summary>The mean absolute difference between values one period apart. NaN when there is no such pair.</summary>
    public static double Scale(ReadOnlySpan<double> history, int period) => ErrorScale.Of(history, period).Absolute;

    /// <summary>The mean absolute error over <paramref name="scale"/>; missing actuals are left out.</summary>
    public static double Of(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast, double scale)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(forecast.Length, actual.Length, nameof(forecast));
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < actual.Length; i++)
        {
            var miss = Math.Abs(actual[i] - forecast[i]);
            (sum, count) = double.IsNaN(miss) ? (sum, count) : (sum + miss, count + 1);
        }

        return count == 0 ? double.NaN : sum / count / scale;
    }
}
