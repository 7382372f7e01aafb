namespace Maestro.Telemetry.Forecasting.Errors;

/// <summary>The quantile levels that error distributions are kept at; closer together where the planner looks.</summary>
internal static class LevelGrid
{
    /// <summary>Ascending, in (0, 1); holds all of <see cref="QuantileLevels.Standard"/>.</summary>
    public static ReadOnlySpan<double> Levels =>
    [
        0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5,
        0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.925, 0.95, 0.97, 0.975, 0.98, 0.985, 0.99, 0.995, 0.9975,
    ];

    /// <summary>Index of the median.</summary>
    public const int Median = 13;

    public static int Count => Levels.Length;

    /// <summary>The grid level at or below a level and the share of the way to the next one.</summary>
    public static (int Index, double Share) Locate(double level)
    {
        var levels = Levels;
        if (level <= levels[0])
        {
            return (0, 0);
        }

        if (level >= levels[^1])
        {
            return (levels.Length - 2, 1);
        }

        var index = 0;
        while (levels[index + 1] <= level)
        {
            index++;
        }

        return (index, (level - levels[index]) / (levels[index + 1] - levels[index]));
    }
}
