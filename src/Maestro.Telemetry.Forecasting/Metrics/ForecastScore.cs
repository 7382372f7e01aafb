namespace Maestro.Telemetry.Forecasting.Metrics;

/// <summary>
/// All metrics of one forecast over some of its steps, or means of them. A metric is NaN when nothing was known to
/// measure it by, or when the forecast lacks a quantile level that it needs. Less is better, but for coverage.
/// </summary>
/// <remarks>
/// Sources: scaled errors, Hyndman and Koehler 2006, https://doi.org/10.1016/j.ijforecast.2006.03.001; sMAPE, MSIS and
/// the means over series, Makridakis, Spiliotis and Assimakopoulos 2020, "The M4 Competition",
/// https://doi.org/10.1016/j.ijforecast.2019.04.014; RMSSE and scaled pinball loss, the same 2022, "M5 accuracy
/// competition", https://doi.org/10.1016/j.ijforecast.2021.11.013; the mean of pinball losses as an approximation of
/// the continuous ranked probability score, Gneiting and Raftery 2007, https://doi.org/10.1198/016214506000001437.
/// </remarks>
public sealed record ForecastScore
{
    /// <summary>Mean absolute error of the median, in the series' unit.</summary>
    public double AbsoluteError { get; init; } = double.NaN;

    /// <summary>Mean absolute error of the median over <see cref="ErrorScale.Absolute"/>.</summary>
    public double Mase { get; init; } = double.NaN;

    /// <summary>Root mean squared error of the median over <see cref="ErrorScale.RootSquare"/>.</summary>
    public double Rmsse { get; init; } = double.NaN;

    /// <summary>Mean of 200 |y − f| / (|y| + |f|), percent; 0 where both are 0.</summary>
    public double Smape { get; init; } = double.NaN;

    /// <summary>Twice the mean pinball loss at .1, .2, … .9 over the scale.</summary>
    public double Scrps { get; init; } = double.NaN;

    /// <summary>Pinball loss at .95 over the scale.</summary>
    public double Pinball95 { get; init; } = double.NaN;

    /// <summary>Pinball loss at .99 over the scale.</summary>
    public double Pinball99 { get; init; } = double.NaN;

    /// <summary>Sum over steps of twice the mean pinball loss at .1, .2, … .9, in the series' unit.</summary>
    public double QuantileLoss { get; init; } = double.NaN;

    /// <summary>Sum over steps of |y|.</summary>
    public double Magnitude { get; init; } = double.NaN;

    /// <summary>Share of values from the .1 to the .9 quantile.</summary>
    public double Coverage80 { get; init; } = double.NaN;

    /// <summary>Share of values from the .025 to the .975 quantile.</summary>
    public double Coverage95 { get; init; } = double.NaN;

    /// <summary>Share of values at or below the .95 quantile.</summary>
    public double Below95 { get; init; } = double.NaN;

    /// <summary>Share of values at or below the .99 quantile.</summary>
    public double Below99 { get; init; } = double.NaN;

    /// <summary>Mean of the width of the 95 % interval plus 40 times what lies outside, over the scale.</summary>
    public double Msis { get; init; } = double.NaN;

    /// <summary>Weighted quantile loss: <see cref="QuantileLoss"/> over <see cref="Magnitude"/>.</summary>
    public double WeightedQuantileLoss => QuantileLoss / Magnitude;

    /// <summary>Scores the steps of a forecast that have an actual.</summary>
    /// <param name="actual">What happened from the first step on; NaN where unknown.</param>
    /// <param name="levels">The quantile levels.</param>
    /// <param name="quantiles">Row-major, steps × levels; at least as many steps as actuals.</param>
    /// <param name="scale">Of the history before the forecast.</param>
    public static ForecastScore Of(
        ReadOnlySpan<double> actual,
        IReadOnlyList<double> levels,
        ReadOnlySpan<double> quantiles,
        ErrorScale scale)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quantiles.Length, actual.Length * levels.Count, nameof(quantiles));
        var sums = new ScoreSums(levels);
        for (var step = 0; step < actual.Length; step++)
        {
            if (!double.IsNaN(actual[step]))
            {
                sums.Add(actual[step], quantiles.Slice(step * levels.Count, levels.Count));
            }
        }

        return sums.Score(scale);
    }

    /// <summary>The mean of each metric over those scores where it is known.</summary>
    public static ForecastScore Mean(IReadOnlyCollection<ForecastScore> scores)
    {
        return new()
        {
            AbsoluteError = Of(static s => s.AbsoluteError),
            Mase = Of(static s => s.Mase),
            Rmsse = Of(static s => s.Rmsse),
            Smape = Of(static s => s.Smape),
            Scrps = Of(static s => s.Scrps),
            Pinball95 = Of(static s => s.Pinball95),
            Pinball99 = Of(static s => s.Pinball99),
            QuantileLoss = Of(static s => s.QuantileLoss),
            Magnitude = Of(static s => s.Magnitude),
            Coverage80 = Of(static s => s.Coverage80),
            Coverage95 = Of(static s => s.Coverage95),
            Below95 = Of(static s => s.Below95),
            Below99 = Of(static s => s.Below99),
            Msis = Of(static s => s.Msis),
        };

        double Of(Func<ForecastScore, double> metric) =>
            scores.Select(metric).Where(static value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN).Average();
    }
}
