namespace Maestro.Telemetry.Replay;

/// <summary>How many units carry a demand.</summary>
public static class RequiredUnits
{
    /// <summary>Sums that come out a hair above a whole number are that number.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>The fewest units that stay at or below the utilization; at least 1. 0 where the demand is unknown.</summary>
    /// <param name="work">Demand in busy units; NaN where unknown.</param>
    /// <param name="utilization">Share of a unit that may be used, in (0, 1].</param>
    public static int Of(double work, double utilization) =>
        double.IsNaN(work) ? 0 : Math.Max(1, (int)Math.Ceiling((work / utilization) - Tolerance));

    /// <inheritdoc cref="Of(double, double)"/>
    public static int[] Of(ReadOnlySpan<double> work, double utilization)
    {
        var units = new int[work.Length];
        for (var i = 0; i < units.Length; i++)
        {
            units[i] = Of(work[i], utilization);
        }

        return units;
    }

    /// <summary>The capacity of a unit such that the quantile of the values needs so many units.</summary>
    /// <param name="values">Demand in any unit; NaN where unknown.</param>
    /// <param name="units">Units that the quantile needs; above 0.</param>
    /// <param name="utilization">Share of a unit that may be used, in (0, 1].</param>
    /// <param name="quantile">Which quantile is the peak, in [0, 1].</param>
    /// <exception cref="ArgumentException">No value is above zero.</exception>
    public static double Capacity(
        ReadOnlySpan<double> values, double units, double utilization, double quantile = 0.999)
    {
        var known = new List<double>(values.Length);
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
            {
                known.Add(value);
            }
        }

        known.Sort();
        var place = quantile * (known.Count - 1);
        var below = Math.Max(0, (int)place);
        var peak = known.Count == 0 ? 0
            : known[below] + ((place - below) * (known[Math.Min(below + 1, known.Count - 1)] - known[below]));
        return peak > 0
            ? peak / units / utilization
            : throw new ArgumentException("The peak of the demand is not above zero, so that no unit can be sized.");
    }
}
