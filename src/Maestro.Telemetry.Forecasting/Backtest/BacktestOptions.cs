namespace Maestro.Telemetry.Forecasting.Backtest;

/// <summary>How models are judged on the past.</summary>
public sealed record BacktestOptions
{
    /// <summary>The quantile levels that are scored: those that forecasts carry, and the quartiles for pictures.</summary>
    public static IReadOnlyList<double> Levels { get; } =
        [0.025, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95, 0.975, 0.99];

    /// <summary>The level that maxima over windows are judged at.</summary>
    public const double WindowLevel = 0.95;

    /// <summary>The models, judged side by side. A series that one refuses is left to seasonal-naive and naive.</summary>
    public required IReadOnlyList<IForecastModel> Models { get; init; }

    /// <summary>Moments of the past that are forecast from.</summary>
    /// <value>The default is 10; at least 1.</value>
    public int Origins { get; init => field = AtLeastOne(value); } = 10;

    /// <summary>Steps from one origin to the next, counted back from the end; 0 spreads them over the newer half.</summary>
    public int Stride
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "At least 0.");
    }

    /// <summary>What models are told between the origins.</summary>
    public BacktestStrategy Strategy { get; init; } = BacktestStrategy.Refit;

    /// <summary>With <see cref="BacktestStrategy.Update"/>, models are fitted once in so many origins; 0 for only once.</summary>
    public int RefitEvery { get; init; }

    /// <summary>The newest history that models learn from, in steps.</summary>
    /// <value>The default is everything before the origin.</value>
    public int Context { get; init => field = AtLeastOne(value); } = int.MaxValue;

    /// <summary>The last steps of the horizons that are scored apart, ascending; those beyond the horizon do not count.</summary>
    /// <value>The default is 1, 6, 12, 72 and 288.</value>
    public IReadOnlyList<int> Buckets { get; init; } = [1, 6, 12, 72, 288];

    /// <summary>Lengths, in steps, of the windows whose maximum is judged.</summary>
    /// <value>The default is 6 and 12: 30 and 60 minutes at 5-minute steps.</value>
    public IReadOnlyList<int> Windows { get; init; } = [6, 12];

    /// <summary>Forecasts that are kept, for pictures; the newest among them.</summary>
    public int Kept { get; init; } = 3;

    /// <summary>Fits at once.</summary>
    /// <value>The default is one for each core.</value>
    public int Jobs { get; init => field = AtLeastOne(value); } = Environment.ProcessorCount;

    private static int AtLeastOne(int value) =>
        value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "At least 1.");
}
