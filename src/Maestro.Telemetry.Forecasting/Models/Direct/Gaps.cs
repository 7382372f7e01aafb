namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>Bridges missing values.</summary>
internal static class Gaps
{
    /// <summary>Straight lines between known values, the nearest known one at the ends; 0 when nothing is known.</summary>
    public static void Fill(ReadOnlySpan<double> values, Span<double> to)
    {
        var last = -1;
        for (var i = 0; i < values.Length; i++)
        {
            to[i] = 0;
            if (double.IsNaN(values[i]))
            {
                continue;
            }

            to[i] = values[i];
            for (var gap = last + 1; gap < i; gap++)
            {
                to[gap] = last < 0 ? to[i] : to[last] + ((to[i] - to[last]) * (gap - last) / (i - last));
            }

            last = i;
        }

        if (last >= 0)
        {
            to[(last + 1)..values.Length].Fill(to[last]);
        }
    }
}
