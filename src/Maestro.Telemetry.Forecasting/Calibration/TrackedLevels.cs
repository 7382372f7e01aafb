namespace Maestro.Telemetry.Forecasting.Calibration;

/// <summary>The quantile levels whose coverage is followed, and how other levels lie between them.</summary>
internal static class TrackedLevels
{
    /// <summary>Ascending; the outermost two bound 99 % of what is ordinary.</summary>
    public static readonly double[] All = [0.005, 0.025, 0.1, 0.5, 0.9, 0.95, 0.975, 0.995];

    /// <summary>Each level as a value of the standard normal distribution.</summary>
    public static readonly double[] Scores = [.. All.Select(NormalCurve.Quantile)];

    public const int Count = 8;

    public const int Low = 2;

    public const int Median = 3;

    public const int High = 4;

    public const int Planned = 5;

    /// <summary>Standard deviations between the 10 % and the 90 % quantile of a normal distribution.</summary>
    public const double InnerWidth = 2.5631031310892007;

    /// <summary>
    /// The tracked level at or before a level, on its side of the median, and the share of the way to the next.
    /// </summary>
    public static (int Index, double Share) Locate(double level)
    {
        var (first, last) = level < All[Median] ? (0, Low) : (High, Count - 1);
        if (level <= All[first] || level >= All[last])
        {
            return (level <= All[first] ? first : last, 0);
        }

        var index = first;
        while (All[index + 1] < level)
        {
            index++;
        }

        var share = (NormalCurve.Quantile(level) - Scores[index]) / (Scores[index + 1] - Scores[index]);
        return (index, share);
    }
}
