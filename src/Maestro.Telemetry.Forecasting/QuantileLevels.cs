namespace Maestro.Telemetry.Forecasting;

/// <summary>The quantile levels that forecasts carry.</summary>
public static class QuantileLevels
{
    /// <summary>0.025, 0.1, 0.2, … 0.9, 0.95, 0.975 and 0.99.</summary>
    public static IReadOnlyList<double> Standard { get; } =
        [0.025, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.99];

    internal static void Guard(IReadOnlyList<double> levels)
    {
        for (var i = 0; i < levels.Count; i++)
        {
            if (levels[i] is not (> 0 and < 1) || (i > 0 && levels[i] <= levels[i - 1]))
            {
                throw new ArgumentException("Quantile levels must ascend and lie in (0, 1).", nameof(levels));
            }
        }
    }
}
