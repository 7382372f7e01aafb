using System.Numerics;
using MathNet.Numerics.IntegralTransforms;

namespace Maestro.Telemetry.Forecasting.Seasons;

/// <summary>The power of a series at each frequency, and how far it stands out from the frequencies around it.</summary>
internal static class Spectrum
{
    /// <summary>Frequencies on either side that say what is usual: at least so many, where there are.</summary>
    private const int Neighbours = 40;

    /// <summary>
    /// One and a half standard deviations of the logarithm of a median, times the root of how many it is of: the median
    /// of few may be low by chance, and is taken to be that much higher.
    /// </summary>
    private const double Doubt = 2.4;

    /// <summary>The natural logarithm of the median of an exponential distribution with mean 1.</summary>
    private static readonly double LogMedian = Math.Log(Math.Log(2));

    /// <summary>
    /// The frequency that stands out most. What is usual is a straight line, in logarithms of frequency and power, from
    /// the median below to the median above: it fits white noise, red noise and random walks alike (after Mann and
    /// Lees, 1996, "Robust estimation of background noise and signal detection in climatic time series", Climatic
    /// Change 33:409-445, https://doi.org/10.1007/BF00142586), and a season's few frequencies do not move a median.
    /// </summary>
    /// <param name="values">Without holes and without a linear trend.</param>
    /// <param name="admit">Which frequencies to look at, in cycles per series; never 0.</param>
    /// <returns>Cycles per series, and the power in units of what is usual: for noise, exponential, mean at most 1.</returns>
    public static (int Cycles, double Power) Strongest(ReadOnlySpan<double> values, Func<int, bool> admit)
    {
        var logs = LogPower(values);
        var best = (Cycles: 0, Power: 0.0);
        var below = new double[logs.Length];
        var above = new double[logs.Length];
        for (var k = 2; k < logs.Length; k++)
        {
            // Only what is above both its neighbours can stand out most.
            if (!admit(k) || logs[k] < logs[k - 1] || (k + 1 < logs.Length && logs[k] < logs[k + 1]))
            {
                continue;
            }

            var power = Math.Exp(logs[k] - Usual(logs, k, below, above) + LogMedian);
            best = power > best.Power ? (k, power) : best;
        }

        return best;
    }

    private static double Usual(double[] logs, int k, double[] below, double[] above)
    {
        var reach = Math.Clamp(k / 2, Neighbours, 5 * Neighbours);
        var (low, high) = (Math.Max(1, k - reach), Math.Min(logs.Length - 1, k + reach));
        if (high == k)
        {
            return Median(logs.AsSpan(low, k - low), below) + (Doubt / Math.Sqrt(k - low));
        }

        var (left, right) = (Median(logs.AsSpan(low, k - low), below), Median(logs.AsSpan(k + 1, high - k), above));
        var (from, to) = (Middle(low, k - 1), Middle(k + 1, high));
        var share = (Math.Log(k) - from) / (to - from);
        var doubt = Math.Sqrt(((1 - share) * (1 - share) / (k - low)) + (share * share / (high - k)));
        return left + (share * (right - left)) + (Doubt * doubt);
    }

    /// <summary>The mean product of values a number of steps apart; index = steps, up to a half of the series.</summary>
    public static double[] Likeness(ReadOnlySpan<double> values)
    {
        var samples = new Complex[2 * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            samples[i] = values[i];
        }

        Fourier.Forward(samples, FourierOptions.Matlab);
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = samples[i].Magnitude * samples[i].Magnitude;
        }

        Fourier.Inverse(samples, FourierOptions.Matlab);
        var likeness = new double[(values.Length / 2) + 1];
        for (var lag = 0; lag < likeness.Length; lag++)
        {
            likeness[lag] = samples[lag].Real / (values.Length - lag);
        }

        return likeness;
    }

    /// <summary>The logarithm of the frequency that as many are below as above.</summary>
    private static double Middle(int low, int high) => Math.Log((low + high) / 2.0);

    private static double Median(ReadOnlySpan<double> values, double[] work)
    {
        values.CopyTo(work);
        return Errors.Quantiles.Median(work.AsSpan(0, values.Length));
    }

    /// <summary>Index = cycles per series; the first, which is the mean, is of no use.</summary>
    private static double[] LogPower(ReadOnlySpan<double> values)
    {
        var samples = new Complex[values.Length];
        var square = 0.0;
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = values[i];
            square += values[i] * values[i];
        }

        Fourier.Forward(samples, FourierOptions.Matlab);
        var logs = new double[(values.Length / 2) + 1];
        for (var k = 0; k < logs.Length; k++)
        {
            // Rounding leaves a little where there is nothing.
            var power = (samples[k].Real * samples[k].Real) + (samples[k].Imaginary * samples[k].Imaginary);
            logs[k] = Math.Log(power + (1e-10 * square) + double.Epsilon);
        }

        return logs;
    }
}
