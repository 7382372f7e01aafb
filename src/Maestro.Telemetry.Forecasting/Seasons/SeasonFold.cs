namespace Maestro.Telemetry.Forecasting.Seasons;

/// <summary>A series laid over itself, cycle upon cycle.</summary>
internal static class SeasonFold
{
    /// <summary>Mean squares below this are of rounding: the series has a range of about one.</summary>
    private const double Nothing = 1e-18;

    /// <summary>
    /// The share of the variance within cycles that the other cycles predict: each value against the mean of the others
    /// at its place, each cycle less its own mean. Not above 0 when cycles have nothing in common.
    /// </summary>
    /// <param name="values">NaN where missing; of a range of about one, without a linear trend.</param>
    /// <param name="period">Steps of a cycle; at least two cycles must fit.</param>
    public static double Strength(ReadOnlySpan<double> values, int period)
    {
        var (sums, counts, means) = Fold(values, period);
        var (missed, square) = (0.0, 0.0);
        var first = values.Length % period;
        for (var i = first; i < values.Length; i++)
        {
            var (slot, cycle) = ((i - first) % period, (i - first) / period);
            if (double.IsNaN(values[i]) || counts[slot] < 2)
            {
                continue;
            }

            var value = values[i] - means[cycle];
            var miss = value - ((sums[slot] - value) / (counts[slot] - 1));
            missed += miss * miss;
            square += value * value;
        }

        return square > Nothing * values.Length ? 1 - (missed / square) : 0;
    }

    /// <summary>The mean square of the mean cycle, of places that are known.</summary>
    public static double Power(ReadOnlySpan<double> values, int period)
    {
        var (sums, counts, _) = Fold(values, period);
        var (power, places) = (0.0, 0);
        for (var slot = 0; slot < period; slot++)
        {
            var mean = counts[slot] == 0 ? 0 : sums[slot] / counts[slot];
            power += mean * mean;
            places += counts[slot] == 0 ? 0 : 1;
        }

        return places == 0 ? 0 : power / places;
    }

    /// <summary>Takes the mean cycle out.</summary>
    public static void Remove(Span<double> values, int period)
    {
        var (sums, counts, _) = Fold(values, period);
        var first = values.Length % period;
        for (var i = 0; i < values.Length; i++)
        {
            var slot = (i - first + period) % period;
            values[i] -= counts[slot] > 0 ? sums[slot] / counts[slot] : 0;
        }
    }

    /// <summary>Whole cycles up to the end: sums and counts by place in the cycle, and the mean of each cycle.</summary>
    private static (double[] Sums, int[] Counts, double[] Means) Fold(ReadOnlySpan<double> values, int period)
    {
        var first = values.Length % period;
        var (sums, counts) = (new double[period], new int[period]);
        var means = new double[values.Length / period];
        for (var cycle = 0; cycle < means.Length; cycle++)
        {
            var whole = values.Slice(first + (cycle * period), period);
            var (sum, count) = (0.0, 0);
            foreach (var value in whole)
            {
                (sum, count) = double.IsNaN(value) ? (sum, count) : (sum + value, count + 1);
            }

            means[cycle] = count == 0 ? 0 : sum / count;
            for (var slot = 0; slot < period; slot++)
            {
                if (!double.IsNaN(whole[slot]))
                {
                    sums[slot] += whole[slot] - means[cycle];
                    counts[slot]++;
                }
            }
        }

        return (sums, counts, means);
    }
}
