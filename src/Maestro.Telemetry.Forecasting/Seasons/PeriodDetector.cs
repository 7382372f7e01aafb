using Maestro.Telemetry.Forecasting.Errors;
using Maestro.Telemetry.Forecasting.Models;
using MathNet.Numerics;

namespace Maestro.Telemetry.Forecasting.Seasons;

/// <summary>
/// Finds the seasons of a series, or that there is none. The strongest frequency must stand out from those around it as
/// noise of the same colour would not (an exponential tail, Bonferroni-corrected for the number of frequencies); then
/// the length of the cycle is that, among all whole lengths that have this frequency as a harmonic, whose cycles predict
/// each other best. Its mean cycle is taken out, with all harmonics, and the search begins anew.
/// </summary>
public static class PeriodDetector
{
    /// <summary>Fewer known values than this have no season.</summary>
    private const int FewestValues = 24;

    /// <summary>Fewer cycles than this are no season.</summary>
    private const int FewestCycles = 3;

    /// <summary>The strongest frequency is at most this harmonic of its season.</summary>
    private const int HighestHarmonic = 24;

    /// <summary>A length that clocks have may be this much weaker.</summary>
    private const double ClockBonus = 0.02;

    /// <summary>A part of a season counts on its own when it has this share of the whole's strength.</summary>
    private const double OwnRight = 0.65;

    /// <summary>And it must have this share of the whole's power: in a square wave short cycles are alike but flat.</summary>
    private const double LeastPart = 0.05;

    /// <summary>A season has at least this share of the power of the series.</summary>
    private const double LeastPower = 1e-3;

    private static readonly int[] Multiples = [2, 3, 5, 7];

    /// <summary>For each harmonic so many lengths are tried.</summary>
    private const int MostLengths = 6;

    /// <summary>Frequencies that stand out without cycles alike: after so many the search ends.</summary>
    private const int MostWeak = 8;

    /// <summary>12, 8, 6, 4, 3, 2 and 1 hours; 30, 20, 15, 10, 5 and 1 minutes, as parts of a day.</summary>
    private static readonly int[] ClockShares = [2, 3, 4, 6, 8, 12, 24, 48, 72, 96, 144, 288, 1440];

    /// <summary>Finds the seasonal periods from 2 steps to a third of the series.</summary>
    /// <param name="values">A regular grid, oldest first; NaN where missing.</param>
    /// <param name="options">What counts as a season.</param>
    /// <returns>Ascending; empty when there is none.</returns>
    public static IReadOnlyList<DetectedPeriod> Detect(ReadOnlySpan<double> values, PeriodOptions options)
    {
        var clean = new double[values.Length];
        for (var i = 0; i < clean.Length; i++)
        {
            clean[i] = double.IsFinite(values[i]) ? values[i] : double.NaN;
        }

        var found = new List<DetectedPeriod>();
        if (Gaps.Known(clean) < Math.Max(FewestValues, clean.Length / 2) || !Prepare(clean))
        {
            return found;
        }

        var highest = Math.Log(clean.Length / 2.0 / options.Significance);
        var whole = MeanSquare(clean);
        var weak = new HashSet<int>();
        while (found.Count < options.MostPeriods && weak.Count < MostWeak && IsAnythingLeft(clean))
        {
            var (cycles, power) = Spectrum.Strongest(
                Gaps.Fill(clean),
                cycles => cycles >= FewestCycles && !weak.Contains(cycles) && !IsHarmonic(cycles, clean.Length, found));
            if (power < highest)
            {
                break;
            }

            var best = Fundamental(clean, cycles, options.StepsPerDay);
            var least = options.LeastStrength + (0.5 * best.Period / clean.Length);
            if (best.Strength < least
                || SeasonFold.Power(clean, Math.Max(1, best.Period)) < LeastPower * whole
                || found.Exists(one => IsEcho(best.Period, one.Period)))
            {
                weak.Add(cycles);
                continue;
            }

            found.Add(best);
            SeasonFold.Remove(clean, best.Period);
        }

        found.Sort(static (left, right) => left.Period.CompareTo(right.Period));
        return found;
    }

    /// <summary>Cuts outliers and takes the linear trend out; false when nothing is left.</summary>
    private static bool Prepare(double[] values)
    {
        var sorted = Array.FindAll(values, static value => !double.IsNaN(value));
        Array.Sort(sorted);
        var (low, high) = (Quantiles.OfSorted(sorted, 0.001), Quantiles.OfSorted(sorted, 0.999));
        var (centre, largest) = ((low / 2) + (high / 2), Math.Max(Math.Abs(low), Math.Abs(high)));
        var range = high - low;
        if (!(range > 1e-12 * largest) || !double.IsFinite(range))
        {
            return false;
        }

        var (times, knowns) = (new List<double>(sorted.Length), new List<double>(sorted.Length));
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsNaN(values[i]))
            {
                values[i] = (Math.Clamp(values[i], low, high) - centre) / range;
                times.Add(i);
                knowns.Add(values[i]);
            }
        }

        var (intercept, slope) = Fit.Line([.. times], [.. knowns]);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] -= intercept + (slope * i);
        }

        return IsAnythingLeft(values);
    }

    /// <summary>Of a series within a range of one; what rounding leaves has no season.</summary>
    private static bool IsAnythingLeft(double[] values) => values.Any(static value => Math.Abs(value) > 1e-9);

    private static double MeanSquare(double[] values)
    {
        var (sum, count) = (0.0, 0);
        foreach (var value in values)
        {
            (sum, count) = double.IsNaN(value) ? (sum, count) : (sum + (value * value), count + 1);
        }

        return sum / Math.Max(1, count);
    }

    private static DetectedPeriod Fundamental(double[] values, int cycles, int stepsPerDay)
    {
        var length = (double)values.Length / cycles;
        var best = new DetectedPeriod(0, double.NegativeInfinity);
        var tried = new HashSet<int>();
        var likeness = Spectrum.Likeness(Gaps.Fill(values));
        for (var harmonic = 1; harmonic <= HighestHarmonic; harmonic++)
        {
            // A frequency is known to half the distance to the next.
            var low = (int)Math.Floor(harmonic * values.Length / (cycles + 0.5));
            var high = (int)Math.Ceiling(harmonic * values.Length / (cycles - 0.5));
            high = Math.Min(high, values.Length / FewestCycles);
            foreach (var period in Promising(likeness, Math.Max(2, low), high, stepsPerDay))
            {
                if (tried.Add(period))
                {
                    var strength = SeasonFold.Strength(values, period);
                    best = Better(best, new(period, strength), stepsPerDay) ? new(period, strength) : best;
                }
            }
        }

        return best.Strength > 0 ? Part(values, Whole(values, best)) : best;
    }

    /// <summary>The season that this one is a harmonic of, when that explains much more.</summary>
    private static DetectedPeriod Whole(double[] values, DetectedPeriod best)
    {
        for (var i = 0; i < Multiples.Length; i++)
        {
            var period = best.Period * Multiples[i];
            if (period <= values.Length / FewestCycles
                && SeasonFold.Strength(values, period) is var strength
                && best.Strength < OwnRight * strength)
            {
                (best, i) = (new(period, strength), -1);
            }
        }

        return best;
    }

    /// <summary>A day is a season in its own right where weeks explain a little more.</summary>
    private static DetectedPeriod Part(double[] values, DetectedPeriod best)
    {
        for (var part = 2; part < best.Period; part++)
        {
            if (best.Period % part == 0
                && SeasonFold.Strength(values, part) is var strength
                && strength >= OwnRight * best.Strength
                && SeasonFold.Power(values, part) >= LeastPart * SeasonFold.Power(values, best.Period))
            {
                return new(part, strength);
            }
        }

        return best;
    }

    /// <summary>The lengths at which the series is most like itself, and those that clocks have.</summary>
    private static IEnumerable<int> Promising(double[] likeness, int low, int high, int stepsPerDay)
    {
        var all = Enumerable.Range(low, Math.Max(0, high - low + 1));
        return all.Where(period => IsOfClock(period, stepsPerDay))
            .Concat(all.OrderByDescending(period => likeness[period]).Take(MostLengths));
    }

    /// <summary>A season that changes leaves others of nearly its length, or nearly two or three times that.</summary>
    private static bool IsEcho(int period, int of)
    {
        var ratio = Math.Max((double)period / of, (double)of / period);
        var whole = Math.Round(ratio);
        return period == of || (whole <= 3 && whole != ratio && Math.Abs(ratio - whole) < 0.05 * whole);
    }

    /// <summary>Seasons change: some power stays where a mean cycle was taken out.</summary>
    private static bool IsHarmonic(int cycles, int count, List<DetectedPeriod> found) => found.Exists(one =>
    {
        var fundamental = (double)count / one.Period;
        var nearest = Math.Max(1, Math.Round(cycles / fundamental)) * fundamental;
        return Math.Abs(cycles - nearest) <= Math.Min(1.5, fundamental / 4);
    });

    private static bool Better(DetectedPeriod best, DetectedPeriod other, int stepsPerDay)
    {
        var bonus = IsOfClock(other.Period, stepsPerDay) ? ClockBonus : 0;
        bonus -= IsOfClock(best.Period, stepsPerDay) ? ClockBonus : 0;
        return other.Strength + bonus > best.Strength;
    }

    private static bool IsOfClock(int period, int stepsPerDay) =>
        stepsPerDay > 0
        && (period == stepsPerDay
            || period == 7 * stepsPerDay
            || Array.Exists(ClockShares, share => stepsPerDay % share == 0 && period == stepsPerDay / share));
}
