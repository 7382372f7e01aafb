namespace Maestro.Telemetry.Forecasting.Models.Theta;

/// <summary>Learns season, trend and smoothing of the theta method.</summary>
internal static class ThetaFit
{
    private const int Alphas = 50;

    /// <summary>The level begins as the mean of this many values.</summary>
    private const int Beginning = 10;

    public static ThetaLine Learn(ReadOnlySpan<double> values, int period)
    {
        var filled = Gaps.Known(values) == 0 ? new double[values.Length] : Gaps.Fill(values);
        var season = filled.Length >= 2 * period && period > 1 ? Season(filled, period) : [0.0];
        for (var i = 0; i < filled.Length; i++)
        {
            filled[i] -= season[i % season.Length];
        }

        // In less than two cycles a rise is the time of day.
        var (intercept, slope) = period > 1 && season.Length == 1 ? (Mean(filled), 0) : Line(filled);
        for (var i = 0; i < filled.Length; i++)
        {
            filled[i] = (2 * filled[i]) - (intercept + (slope * i));
        }

        var beginning = filled.AsSpan(0, Math.Min(Beginning, filled.Length));
        var first = 0.0;
        foreach (var value in beginning)
        {
            first += value / beginning.Length;
        }

        var alpha = Alpha(values, filled, first);
        return new(new()
        {
            Season = season,
            Intercept = intercept,
            Slope = slope,
            Alpha = alpha,
            Level = Smooth(values, filled, alpha, first).Level,
            Count = values.Length,
        });
    }

    /// <summary>What each slot adds: the mean of values less their centred moving mean; together they add nothing.</summary>
    private static double[] Season(double[] filled, int period)
    {
        var (sums, counts) = (new double[period], new int[period]);
        var half = (period - 1) / 2;
        var window = 0.0;
        for (var i = 0; i < filled.Length; i++)
        {
            window += filled[i] - (i >= period ? filled[i - period] : 0);
            if (i >= period - 1)
            {
                var centre = i - (period - 1) + half;
                sums[centre % period] += filled[centre] - (window / period);
                counts[centre % period]++;
            }
        }

        var mean = 0.0;
        for (var slot = 0; slot < period; slot++)
        {
            sums[slot] /= counts[slot];
            mean += sums[slot] / period;
        }

        for (var slot = 0; slot < period; slot++)
        {
            sums[slot] -= mean;
        }

        return sums;
    }

    /// <summary>The least-squares line through the values.</summary>
    private static (double Intercept, double Slope) Line(double[] values)
    {
        var (centre, mean) = ((values.Length - 1) / 2.0, Mean(values));
        var (cross, square) = (0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            cross += (i - centre) * (values[i] - mean);
            square += (i - centre) * (i - centre);
        }

        var slope = square > 0 ? cross / square : 0;
        return (mean - (slope * centre), slope);
    }

    private static double Mean(double[] values)
    {
        var mean = 0.0;
        foreach (var value in values)
        {
            mean += value / values.Length;
        }

        return mean;
    }

    private static double Alpha(ReadOnlySpan<double> values, double[] line, double first)
    {
        var (best, least) = (0.01, double.PositiveInfinity);
        for (var i = 0; i < Alphas; i++)
        {
            var alpha = 0.01 + (0.98 * i / (Alphas - 1));
            var squares = Smooth(values, line, alpha, first).Squares;
            (best, least) = squares < least ? (alpha, squares) : (best, least);
        }

        return best;
    }

    private static (double Squares, double Level) Smooth(
        ReadOnlySpan<double> values,
        double[] line,
        double alpha,
        double level)
    {
        var squares = 0.0;
        for (var i = 0; i < line.Length; i++)
        {
            if (!double.IsNaN(values[i]))
            {
                var miss = line[i] - level;
                squares += miss * miss;
                level += alpha * miss;
            }
        }

        return (squares, level);
    }
}
