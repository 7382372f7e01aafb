using Maestro.Telemetry.Forecasting.Errors;

namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>
/// A sudden and lasting change of level that the history has not seen the like of: a policy was installed, a
/// neighbouring fabric failed over. What was before is then multiplied to the new level, so that the shape of the day
/// and the size of errors stay known.
/// </summary>
/// <param name="At">The first value at the new level.</param>
/// <param name="Ratio">New level over old.</param>
internal readonly record struct LevelShift(int At, double Ratio)
{
    private const double LargestRatio = 10;

    /// <summary>The new level must be this much farther off than any stretch as long has been.</summary>
    private const double Unprecedented = 1.3;

    /// <summary>A tenth up or down is no shift, however quiet the history.</summary>
    private const double SmallestShift = 0.1;

    /// <summary>The share of the change that must come within an hour. A holiday comes on slowly.</summary>
    private const double Abruptness = 0.6;

    /// <summary>Too short a history to tell a step from a weekend: both are followed.</summary>
    private const int ShortDays = 4;

    /// <summary>A stretch of fewer values says nothing.</summary>
    private const int FewestValues = 4;

    /// <summary>Coarser steps than a quarter of an hour cannot show whether a change was sudden.</summary>
    private const int FewestSteps = 96;

    private static readonly double[] Hours = [1, 1.5, 2, 3, 4, 6, 9, 12, 18, 24, 36];

    /// <summary>Looks for a shift within the last day and a half.</summary>
    /// <param name="values">The series, not below zero; NaN where missing.</param>
    /// <param name="layout">Its seasons.</param>
    public static LevelShift? Find(ReadOnlySpan<double> values, SeasonLayout layout)
    {
        var day = layout.Day;
        if (day < FewestSteps || values.Length < 3 * day || !layout.HasZero)
        {
            return null;
        }

        var deviations = LevelDeviations.Of(values, layout);
        var recent = 3 * day / 2;
        var (score, length, level) = Strongest(deviations, day, recent);
        if (score < Unprecedented)
        {
            return null;
        }

        var at = Begin(deviations, length, level, recent);
        var shift = MedianOf(deviations, at, deviations.Length - at);
        var ratio = Math.Exp(shift);
        return IsSudden(deviations, at, shift, day) && ratio is > 1 / LargestRatio and < LargestRatio
            ? new(at, ratio)
            : null;
    }

    /// <summary>Multiplies what was before the shift.</summary>
    public void Apply(Span<double> values)
    {
        for (var t = 0; t < At; t++)
        {
            values[t] *= Ratio;
        }
    }

    /// <summary>The newest stretch that is farthest off, against the farthest of its length before.</summary>
    private static (double Score, int Length, double Level) Strongest(double[] deviations, int day, int recent)
    {
        (double Score, int Length, double Level) best = default;
        foreach (var hours in Hours)
        {
            var length = (int)(hours * day / 24);
            var now = MedianOf(deviations, deviations.Length - length, length);
            if (length < FewestValues || !(Math.Abs(now) > Unprecedented * SmallestShift))
            {
                continue;
            }

            var largest = SmallestShift;
            for (var end = deviations.Length - recent; end - length >= day; end -= Math.Max(1, length / 4))
            {
                var then = Math.Abs(MedianOf(deviations, end - length, length));
                largest = then > largest ? then : largest;
            }

            if (Math.Abs(now) / largest > best.Score)
            {
                best = (Math.Abs(now) / largest, length, now);
            }
        }

        return best;
    }

    /// <summary>The moment that splits the newest values best into old level and new.</summary>
    private static int Begin(double[] deviations, int length, double level, int recent)
    {
        var (best, at, sum) = (0.0, deviations.Length - length, 0.0);
        for (var t = deviations.Length - 1; t >= deviations.Length - recent; t--)
        {
            // Each value has one vote at most, for the new level or the old one, so that no single one decides.
            sum += double.IsNaN(deviations[t]) ? 0 : Math.Clamp((deviations[t] / level) - 0.5, -0.5, 0.5);
            if (sum > best)
            {
                (best, at) = (sum, t);
            }
        }

        return at;
    }

    private static bool IsSudden(double[] deviations, int at, double shift, int day)
    {
        var hour = Math.Max(3, day / 24);
        var before = MedianOf(deviations, at - hour, hour);
        var after = MedianOf(deviations, at, Math.Min(hour, deviations.Length - at));
        return deviations.Length < ShortDays * day || (after - before) / shift > Abruptness;
    }

    /// <summary>NaN when more than half is missing.</summary>
    private static double MedianOf(double[] values, int from, int length)
    {
        if (from < 0)
        {
            return double.NaN;
        }

        Span<double> known = length <= 1024 ? stackalloc double[length] : new double[length];
        var count = 0;
        foreach (var value in values.AsSpan(from, length))
        {
            if (!double.IsNaN(value))
            {
                known[count++] = value;
            }
        }

        return count * 2 < length ? double.NaN : Quantiles.Median(known[..count]);
    }
}
