namespace Maestro.Telemetry.Forecasting.Batch;

/// <summary>How a batch is forecast.</summary>
public sealed record BatchOptions
{
    /// <summary>The models that are tried for each series, best first.</summary>
    public FallbackChain Chain { get; init; } = FallbackChain.Default;

    /// <summary>Quantile levels of the forecasts, ascending, in (0, 1).</summary>
    public IReadOnlyList<double> Levels { get; init; } = QuantileLevels.Standard;

    /// <summary>Series that are worked on at once.</summary>
    /// <value>The default is one for each core; at least 1.</value>
    public int Jobs
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "At least 1.");
    } = Environment.ProcessorCount;

    /// <summary>
    /// Called as work on a series begins; its token is cancelled when the series has had its time, and a later model of
    /// the chain takes over. The batch disposes of the source. Null when a series may take as long as it takes.
    /// </summary>
    public Func<CancellationTokenSource>? Budget { get; init; }
}
