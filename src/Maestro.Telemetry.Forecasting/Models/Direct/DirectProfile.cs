namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>
/// Settings of a <see cref="DirectModel"/>. They were tuned once, on open series of many kinds and steps, and are the
/// same for every series.
/// </summary>
internal sealed record DirectProfile
{
    /// <summary>The default: as good as it gets.</summary>
    public static DirectProfile Full { get; } = new() { Name = "direct" };

    /// <summary>For thousands of series: fewer horizons and rows, no autoregression, no quantile regression.</summary>
    public static DirectProfile Lite { get; } = new()
    {
        Name = "direct-lite",
        DenseKnots = false,
        MostRows = 1_000,
        UsesAutoregression = false,
        QuantileIterations = 0,
        Paths = 80,
    };

    public required string Name { get; init; }

    /// <summary>True to fit every short horizon; false to interpolate between fewer.</summary>
    public bool DenseKnots { get; init; } = true;

    /// <summary>Rows of the regression; longer histories are thinned out.</summary>
    public int MostRows { get; init; } = 4_032;

    /// <summary>True to stack a long autoregression.</summary>
    public bool UsesAutoregression { get; init; } = true;

    /// <summary>Reweighted least squares of the first horizon; the others begin where the one before ended.</summary>
    public int Iterations { get; init; } = 5;

    /// <summary>Of the quantile regressions of the first horizon; 0 for none.</summary>
    public int QuantileIterations { get; init; } = 4;

    /// <summary>Of each further horizon.</summary>
    public int WarmIterations { get; init; } = 2;

    /// <summary>Past forecasts whose errors become the dependence between steps.</summary>
    public int Paths { get; init; } = 200;

    /// <summary>Weight of a row that is this many days old, against a new one: a half.</summary>
    public const double HalfLifeDays = 7;

    /// <summary>Share of the mean squared feature that is added to each.</summary>
    public const double Ridge = 0.01;

    /// <summary>Histories shorter than this have their ridge raised with the square of what is missing.</summary>
    public const double RidgeDays = 8;

    /// <summary>Features and targets are cut here, in scales.</summary>
    public const double LargestFeature = 20;

    /// <summary>Contiguous blocks of rows that errors are measured on, each with what those before it teach.</summary>
    public const int Blocks = 6;

    /// <summary>How much of the quantile regression's asymmetry goes into the intervals.</summary>
    public const double QuantileShare = 0.5;

    /// <summary>Intervals are widened by this: what errors of the past do not show.</summary>
    /// <param name="days">Days of history.</param>
    public static double Inflation(double days) => 1.25 * (1 + (0.08 * Math.Max(0, 7 - days)));
}
