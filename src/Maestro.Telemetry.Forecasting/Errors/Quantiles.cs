namespace Maestro.Telemetry.Forecasting.Errors;

/// <summary>Order statistics.</summary>
internal static class Quantiles
{
    /// <summary>
    /// The quantile of sorted values, linear between order statistics (definition 7 of Hyndman and Fan, 1996,
    /// "Sample quantiles in statistical packages", The American Statistician 50:361-365).
    /// </summary>
    public static double OfSorted(ReadOnlySpan<double> sorted, double level)
    {
        var position = level * (sorted.Length - 1);
        var below = (int)position;
        return below + 1 < sorted.Length
            ? sorted[below] + ((position - below) * (sorted[below + 1] - sorted[below]))
            : sorted[^1];
    }

    /// <summary>The median; the span is sorted in place. NaN when empty.</summary>
    public static double Median(Span<double> values)
    {
        if (values.IsEmpty)
        {
            return double.NaN;
        }

        values.Sort();
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
