using MathNet.Numerics;

namespace Maestro.Telemetry.Forecasting.Models.Ssa;

/// <summary>
/// Singular spectrum analysis: the strongest principal components of the series' windows are its signal, and go on as
/// they did (Golyandina, Nekrutkin and Zhigljavsky, 2001, "Analysis of time series structure: SSA and related
/// techniques"). For those who know ML.NET's <c>ForecastBySsa</c>: parameters and meaning are the same, and it differs
/// in that it computes in double precision; keeps the phase over missing values; learns from the newest values, not the
/// oldest; takes the mean out first; finds the rank on past forecasts that were not learned from; forecasts by vectors,
/// so that stabilising needs the eigenvalues of a small matrix instead of the roots of a large polynomial; lets what the
/// last value is off the signal fade, as fast as it did in the past, instead of forgetting it at once; measures its
/// intervals on past forecasts instead of assuming a distribution; forecasts any horizon up to the fitted one; and does
/// change its components when it is adaptive. A checkpoint is <see cref="IFittedModel.ToJson"/>.
/// </summary>
/// <param name="options">How to forecast.</param>
public sealed class SsaModel(SsaOptions options) : IForecastModel
{
    public const string ModelName = "ssa";

    /// <summary>A window that a fit takes about a second for.</summary>
    private const int LargestDefaultWindow = 361;

    private const int LargestDefaultRank = 96;

    private readonly SsaOptions _options = Guard(options);

    public SsaModel()
        : this(new SsaOptions())
    {
    }

    public string Name => ModelName;

    public FitResult Fit(TrainingSeries series, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var values = series.Learnable();
        values = values[Math.Max(0, values.Length - (_options.TrainSize ?? values.Length))..];
        var window = _options.WindowSize ?? DefaultWindow(series.Periods, values.Length);
        var known = Gaps.Known(values);
        if (window < 2 || values.Length <= 2 * window || known <= window)
        {
            return FitResult.Refused(
                $"{known} known values in {values.Length} steps; {ModelName} needs more than two windows of {Math.Max(2, window)}");
        }

        var maxRank = Math.Min(_options.MaxRank ?? LargestDefaultRank, window - 1);
        var cuts = Cuts(values.Length, window);
        try
        {
            var fit = new SsaFit(values, _options, window, maxRank, cancellationToken);
            fit.Settle(cuts, series.MaxHorizon);
            return PointFit.Fit(
                ModelName,
                series,
                values,
                series.Periods.FirstOrDefault(1),
                cuts,
                fit.Learn,
                ModelJson.Default.PointStateSsaState,
                cancellationToken);
        }
        catch (NonConvergenceException)
        {
            return FitResult.Refused("the eigenvalues of its windows were not found");
        }
    }

    public IFittedModel Restore(string json) => FittedPoint<SsaState>.Restore(
        json,
        ModelName,
        ModelJson.Default.PointStateSsaState,
        static state => new Signal(state));

    private static int DefaultWindow(IReadOnlyList<int> periods, int count)
    {
        var largest = Math.Min(count / 3, LargestDefaultWindow);
        var longest = periods.LastOrDefault(period => period < largest);
        return longest > 0 ? longest + 1 : largest;
    }

    /// <summary>Where the parts begin that errors are measured on: each part before them must hold several windows.</summary>
    private int[] Cuts(int count, int window)
    {
        var first = count >= 6 * window ? count / 2 : 2 * count / 3;
        first = Math.Max(first, count - (_options.SeriesLength ?? count));
        return count >= 6 * window ? PointFit.Cuts(first, count, 2) : [first];
    }

    private static SsaOptions Guard(SsaOptions options)
    {
        if (options is { WindowSize: { } window, TrainSize: { } train } && train <= 2 * window)
        {
            throw new ArgumentException($"TrainSize {train} must be more than twice WindowSize {window}.", nameof(options));
        }

        if (options is { WindowSize: { } size, SeriesLength: { } length } && length <= size)
        {
            throw new ArgumentException($"SeriesLength {length} must be more than WindowSize {size}.", nameof(options));
        }

        return options;
    }
}
