namespace Maestro.Telemetry.Forecasting.Errors;

/// <summary>The horizons that errors are measured at; between them they are interpolated.</summary>
internal static class HorizonBuckets
{
    /// <summary>1, 2, 3, 4, 6, 8, 12, 16, 24, … up to and including the longest.</summary>
    public static int[] UpTo(int longest)
    {
        var horizons = new List<int>();
        for (var power = 1; power < longest; power *= 2)
        {
            horizons.Add(power);
            if (power >= 2 && power + (power / 2) < longest)
            {
                horizons.Add(power + (power / 2));
            }
        }

        horizons.Add(longest);
        return [.. horizons];
    }

    /// <summary>The bucket at or before a horizon and the share of the way to the next one.</summary>
    public static (int Index, double Share) Locate(ReadOnlySpan<int> horizons, int horizon)
    {
        var index = horizons.BinarySearch(horizon);
        if (index >= 0)
        {
            return (index, 0);
        }

        index = ~index - 1;
        var (low, high) = (horizons[index], horizons[index + 1]);
        return (index, (double)(horizon - low) / (high - low));
    }
}
