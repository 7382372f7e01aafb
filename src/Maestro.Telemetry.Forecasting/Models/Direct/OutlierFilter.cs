using System.Runtime.InteropServices;
using Maestro.Telemetry.Forecasting.Errors;

namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>
/// Tells single values that stand alone: far from their neighbours, and from what the last week had at that time of
/// day. They stay what is to be forecast, but nothing is carried on from them.
/// </summary>
/// <param name="Day">Steps of a day.</param>
/// <param name="Limit">How far from its neighbours a value may be.</param>
internal readonly record struct OutlierFilter(int Day, double Limit)
{
    private const int FewestValues = 200;
    private const int Neighbourhood = 2;

    /// <summary>Twice what 98 % of values stay within. No limit for short series.</summary>
    public static OutlierFilter Learn(double[] values, int day)
    {
        var sizes = new List<double>(values.Length);
        for (var t = 0; t < values.Length; t++)
        {
            var size = Math.Abs(values[t] - Neighbours(values, t));
            if (!double.IsNaN(size))
            {
                sizes.Add(size);
            }
        }

        if (sizes.Count < FewestValues)
        {
            return new(day, double.PositiveInfinity);
        }

        sizes.Sort();
        var limit = 2 * Quantiles.OfSorted(CollectionsMarshal.AsSpan(sizes), 0.98);
        return new(day, limit > 0 ? limit : double.PositiveInfinity);
    }

    /// <summary>Whether the value at an index is an outlier, by the neighbours that are there by now.</summary>
    public bool IsOutlier(ReadOnlySpan<double> values, int t)
    {
        var distance = values[t] - Neighbours(values, t);
        if (!(Math.Abs(distance) > Limit))
        {
            return false;
        }

        for (var before = t - Day; before >= Math.Max(0, t - (7 * Day)); before -= Day)
        {
            for (var i = Math.Max(0, before - 1); i <= before + 1; i++)
            {
                if ((values[t] - values[i]) / distance < 0.5)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The median of the values next to one; NaN when there are none.</summary>
    private static double Neighbours(ReadOnlySpan<double> values, int t)
    {
        Span<double> near = stackalloc double[2 * Neighbourhood];
        var count = 0;
        for (var i = Math.Max(0, t - Neighbourhood); i <= Math.Min(values.Length - 1, t + Neighbourhood); i++)
        {
            if (i != t && !double.IsNaN(values[i]))
            {
                near[count++] = values[i];
            }
        }

        return Quantiles.Median(near[..count]);
    }
}
