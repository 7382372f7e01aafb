namespace Maestro.Telemetry.Forecasting.Metrics;

/// <summary>
/// What errors are divided by, so that series can be compared: how far values one period apart are from each other in
/// the history, the errors of the seasonal-naive forecast there (Hyndman and Koehler, 2006,
/// https://doi.org/10.1016/j.ijforecast.2006.03.001).
/// </summary>
/// <param name="Absolute">Mean absolute difference; NaN when there is no pair.</param>
/// <param name="RootSquare">Root of the mean squared difference; NaN when there is no pair.</param>
public readonly record struct ErrorScale(double Absolute, double RootSquare)
{
    /// <summary>Measures a history; pairs with a missing value are left out.</summary>
    /// <param name="history">Oldest value first; NaN where missing.</param>
    /// <param name="period">Steps; at least 1.</param>
    public static ErrorScale Of(ReadOnlySpan<double> history, int period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        var (sum, squares, count) = (0.0, 0.0, 0);
        for (var i = period; i < history.Length; i++)
        {
            var difference = history[i] - history[i - period];
            if (!double.IsNaN(difference))
            {
                sum += Math.Abs(difference);
                squares += difference * difference;
                count++;
            }
        }

        return count == 0 ? new(double.NaN, double.NaN) : new(sum / count, Math.Sqrt(squares / count));
    }
}
