namespace Maestro.Telemetry.Forecasting.Models.Ssa;

/// <summary>
/// How singular spectrum analysis forecasts. Names and meanings are those of ML.NET's <c>ForecastBySsa</c>; what is
/// null is found from the series. The horizon is <see cref="TrainingSeries.MaxHorizon"/>, any shorter one can be asked
/// for, and <c>confidenceLevel</c> is a pair of quantiles (see <see cref="ConfidenceLevels"/>).
/// </summary>
public sealed record SsaOptions
{
    /// <summary>Steps that are looked at together; should be more than the longest period that matters.</summary>
    /// <value>
    /// The default is one step more than the longest known period that fits in a third of the series and in 361 steps
    /// (the time to fit grows with the cube), for example 289 for days of 5-minute steps and 169 for weeks of hours.
    /// When none fits, as with days of 1-minute steps, it is that third, or 361 steps: the forecast then knows how the
    /// last hours go on, and nothing of the day. At least 2.
    /// </value>
    public int? WindowSize { get; init => field = AtLeast(2, value, nameof(WindowSize)); }

    /// <summary>The newest values that errors are measured on; more than the window.</summary>
    /// <value>The default is all that is learned from.</value>
    public int? SeriesLength { get; init => field = AtLeast(3, value, nameof(SeriesLength)); }

    /// <summary>The newest values that are learned from; more than twice the window.</summary>
    /// <value>The default is all of them.</value>
    public int? TrainSize { get; init => field = AtLeast(5, value, nameof(TrainSize)); }

    /// <summary>How the rank is found.</summary>
    /// <value>The default is <see cref="RankSelectionMethod.Fast"/>.</value>
    public RankSelectionMethod RankSelectionMethod { get; init; } = RankSelectionMethod.Fast;

    /// <summary>The rank, when it is <see cref="RankSelectionMethod.Fixed"/>; less than the window.</summary>
    /// <value>The default is <see cref="MaxRank"/>.</value>
    public int? Rank { get; init => field = AtLeast(1, value, nameof(Rank)); }

    /// <summary>The largest rank that is tried.</summary>
    /// <value>The default is the window less one, at most 96.</value>
    public int? MaxRank { get; init => field = AtLeast(1, value, nameof(MaxRank)); }

    /// <summary>Whether components that would grow faster than <see cref="MaxGrowth"/> are held to it.</summary>
    /// <value>The default is true.</value>
    public bool ShouldStabilize { get; init; } = true;

    /// <summary>How fast a component may grow.</summary>
    /// <value>The default is no growth.</value>
    public GrowthRatio MaxGrowth { get; init; } = GrowthRatio.None;

    /// <summary>Whether observed values change the components, and not only where they stand.</summary>
    /// <value>The default is false.</value>
    public bool IsAdaptive { get; init; }

    /// <summary>What is left of the weight of a value one step on, when adaptive; in (0, 1].</summary>
    /// <value>The default is 1: nothing is forgotten.</value>
    public double DiscountFactor
    {
        get;
        init => field = value is > 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Must be in (0, 1].");
    } = 1;

    /// <summary>The quantile levels of the interval that holds a value with a given probability.</summary>
    /// <param name="confidenceLevel">In (0, 1), for example 0.95.</param>
    public static (double Lower, double Upper) ConfidenceLevels(double confidenceLevel) =>
        confidenceLevel is > 0 and < 1
            ? ((1 - confidenceLevel) / 2, (1 + confidenceLevel) / 2)
            : throw new ArgumentOutOfRangeException(nameof(confidenceLevel), confidenceLevel, "Must be in (0, 1).");

    private static int? AtLeast(int least, int? value, string name) => value is null || value >= least
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"At least {least}.");
}
