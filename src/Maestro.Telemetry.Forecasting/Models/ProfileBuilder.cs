using Maestro.Telemetry.Forecasting.Errors;

namespace Maestro.Telemetry.Forecasting.Models;

/// <summary>
/// Seasonal profiles as medians, by slot, of ratios to the level of their day or week: one odd day does not show.
/// </summary>
/// <param name="shape">Periods.</param>
internal sealed class ProfileBuilder(SeasonShape shape)
{
    /// <summary>A few weeks say little about one slot: its median takes in those just before and after.</summary>
    private const int Neighbours = 2;

    private readonly double[] _column =
        new double[Math.Max(SeasonShape.ProfileCycles, ((2 * Neighbours) + 1) * SeasonShape.ProfileWeeks)];

    /// <summary>Builds the profile from whole cycles.</summary>
    /// <param name="values">Whole cycles, oldest first, NaN where missing.</param>
    /// <param name="filled">The same without holes or spikes, for levels.</param>
    /// <param name="first">The index of the first value in the series, a multiple of the cycle.</param>
    /// <param name="weekShare">Weight of the weekly profile against the daily, 0 to 1.</param>
    public SeasonalProfile Build(
        ReadOnlySpan<double> values,
        ReadOnlySpan<double> filled,
        long first,
        double weekShare)
    {
        var cycles = values.Length / shape.Cycle;
        var levels = new double[cycles];
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            levels[cycle] = Mean(filled.Slice(cycle * shape.Cycle, shape.Cycle));
        }

        var mean = Mean(levels.AsSpan(Math.Max(0, cycles - Math.Max(1, CyclesPerWeek(cycles)))));
        if (shape.Slots == 1)
        {
            return SeasonalProfile.Flat(mean);
        }

        var daily = Daily(values, levels, mean);
        var weeks = shape.Week == 0 ? 0 : Math.Min(SeasonShape.ProfileWeeks, values.Length / shape.Week);
        if (weeks == 0)
        {
            return new() { Slots = daily, Mean = mean };
        }

        var weekly = Weekly(values, levels, first, weeks, mean, daily);
        var slots = new double[shape.Week];
        for (var slot = 0; slot < slots.Length; slot++)
        {
            var day = daily[slot % shape.Cycle];
            slots[slot] = day + (weekShare * (weekly[slot] - day));
        }

        return new() { Slots = slots, Mean = mean, Daily = daily, Weekly = weekly };
    }

    private int CyclesPerWeek(int cycles) => shape.Week == 0 ? Math.Min(cycles, 7) : shape.Week / shape.Cycle;

    private double[] Daily(ReadOnlySpan<double> values, double[] levels, double mean)
    {
        var from = Math.Max(0, levels.Length - SeasonShape.ProfileCycles);
        var profile = new double[shape.Cycle];
        for (var slot = 0; slot < profile.Length; slot++)
        {
            var count = 0;
            for (var cycle = from; cycle < levels.Length; cycle++)
            {
                Collect(values[(cycle * shape.Cycle) + slot], levels[cycle], ref count);
            }

            profile[slot] = mean * Quantiles.Median(_column.AsSpan(0, count));
        }

        FillHoles(profile, mean);
        return profile;
    }

    private double[] Weekly(
        ReadOnlySpan<double> values,
        double[] levels,
        long first,
        int weeks,
        double mean,
        double[] daily)
    {
        var perWeek = shape.Week / shape.Cycle;
        var start = values.Length - (weeks * shape.Week);
        Span<double> weekLevels = stackalloc double[SeasonShape.ProfileWeeks];
        for (var week = 0; week < weeks; week++)
        {
            weekLevels[week] = Mean(levels.AsSpan((start / shape.Cycle) + (week * perWeek), perWeek));
        }

        var profile = new double[shape.Week];
        for (var offset = 0; offset < shape.Week; offset++)
        {
            var count = 0;
            for (var week = 0; week < weeks; week++)
            {
                var at = start + (week * shape.Week) + offset;
                var last = Math.Min(values.Length - 1, at + Neighbours);
                for (var near = Math.Max(start, at - Neighbours); near <= last; near++)
                {
                    Collect(values[near], weekLevels[week], ref count);
                }
            }

            var slot = (int)((first + start + offset) % shape.Week);
            var median = Quantiles.Median(_column.AsSpan(0, count));
            profile[slot] = double.IsNaN(median) ? daily[slot % shape.Cycle] : mean * median;
        }

        return profile;
    }

    private void Collect(double value, double level, ref int count)
    {
        if (!double.IsNaN(value) && level > 0)
        {
            _column[count++] = value / level;
        }
    }

    private static void FillHoles(double[] profile, double mean)
    {
        var last = Array.FindLast(profile, double.IsFinite);
        last = double.IsFinite(last) && Array.Exists(profile, double.IsFinite) ? last : mean;
        for (var slot = 0; slot < profile.Length; slot++)
        {
            last = profile[slot] = double.IsNaN(profile[slot]) ? last : profile[slot];
        }
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
