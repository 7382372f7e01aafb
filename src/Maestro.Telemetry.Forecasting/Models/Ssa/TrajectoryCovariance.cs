namespace Maestro.Telemetry.Forecasting.Models.Ssa;

/// <summary>Sums of products of the values of all windows of a series.</summary>
internal static class TrajectoryCovariance
{
    /// <summary>
    /// The first row directly, each further diagonal entry from the one before it by taking the oldest product out and
    /// the newest in: O(count × window + window²) instead of O(count × window²).
    /// </summary>
    /// <returns>Row-major, window × window, symmetric.</returns>
    public static double[] Of(ReadOnlySpan<double> values, int window)
    {
        var windows = values.Length - window + 1;
        var covariance = new double[window * window];
        for (var lag = 0; lag < window; lag++)
        {
            var sum = Vectors.Dot(values[..windows], values.Slice(lag, windows));
            covariance[lag] = covariance[lag * window] = sum;
            for (var i = 0; i + lag + 1 < window; i++)
            {
                var j = i + lag;
                sum += (values[windows + i] * values[windows + j]) - (values[i] * values[j]);
                covariance[((i + 1) * window) + j + 1] = covariance[((j + 1) * window) + i + 1] = sum;
            }
        }

        return covariance;
    }

    /// <summary>Fades what is there and adds one more window.</summary>
    public static void Add(Span<double> covariance, ReadOnlySpan<double> window, double discount)
    {
        for (var i = 0; i < window.Length; i++)
        {
            var row = covariance.Slice(i * window.Length, window.Length);
            for (var j = 0; j < row.Length; j++)
            {
                row[j] = (discount * row[j]) + (window[i] * window[j]);
            }
        }
    }
}
