namespace Maestro.Telemetry.Forecasting.Models;

/// <summary>Holes in a series.</summary>
internal static class Gaps
{
    /// <summary>A copy without holes: linear between the known values, constant before the first and after the last.</summary>
    /// <param name="values">At least one must be known.</param>
    public static double[] Fill(ReadOnlySpan<double> values)
    {
        var filled = values.ToArray();
        var before = -1;
        for (var i = 0; i < filled.Length; i++)
        {
            if (double.IsNaN(filled[i]))
            {
                continue;
            }

            for (var hole = before + 1; hole < i; hole++)
            {
                filled[hole] = before < 0
                    ? filled[i]
                    : filled[before] + ((filled[i] - filled[before]) * (hole - before) / (i - before));
            }

            before = i;
        }

        filled.AsSpan(before + 1).Fill(before < 0 ? double.NaN : filled[before]);
        return filled;
    }

    public static int Known(ReadOnlySpan<double> values)
    {
        var known = 0;
        foreach (var value in values)
        {
            known += double.IsNaN(value) ? 0 : 1;
        }

        return known;
    }
}
