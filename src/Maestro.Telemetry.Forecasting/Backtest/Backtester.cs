using Maestro.Telemetry.Forecasting.Metrics;
using Maestro.Telemetry.Forecasting.Models;

namespace Maestro.Telemetry.Forecasting.Backtest;

/// <summary>
/// Judges models on the past of a series: from several moments of it they forecast with what was known then, and what
/// followed is held against that (rolling-origin evaluation: Tashman, 2000, "Out-of-sample tests of forecasting
/// accuracy", https://doi.org/10.1016/S0169-2070(00)00065-0). Seasonal-naive is always judged along.
/// </summary>
/// <param name="options">How to judge.</param>
public sealed class Backtester(BacktestOptions options)
{
    /// <summary>Judges the models.</summary>
    /// <param name="series">
    /// The whole history. Its MaxHorizon is how far is forecast; the first of its periods is the one that errors are
    /// scaled by.
    /// </param>
    /// <param name="progress">Told the name of each model that is done; may be null.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">The series is too short for the horizon, or its parts do not fit.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public BacktestResult Run(TrainingSeries series, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var values = series.Learnable();
        var (origins, skipped) = BacktestOrigins.Of(values, series.MaxHorizon, options);
        if (origins.Length == 0)
        {
            throw new ArgumentException(
                "Over 30 % of what followed each origin is missing; choose other origins, or a shorter horizon.");
        }

        IForecastModel[] last = [new SeasonalNaiveModel(), new NaiveModel()];
        var judge = new BacktestJudge(values, origins, Scales(values, origins, series), series.MaxHorizon, options);
        var baseline = Walk(new(last));
        var results = new List<ModelResult>();
        foreach (var model in options.Models.Where(model => model.Name != SeasonalNaiveModel.ModelName))
        {
            var chain = new FallbackChain([.. last.Prepend(model).DistinctBy(static one => one.Name)]);
            results.Add(judge.Judge(model.Name, Walk(chain), baseline));
            progress?.Report(model.Name);
        }

        results.Add(judge.Judge(SeasonalNaiveModel.ModelName, baseline, baseline));
        progress?.Report(SeasonalNaiveModel.ModelName);
        return new(origins, skipped, results);

        OriginForecast[] Walk(FallbackChain chain) =>
            new BacktestWalk(chain, series, values, origins, options).Run(cancellationToken);
    }

    private ErrorScale[] Scales(double[] values, int[] origins, TrainingSeries series)
    {
        var period = series.Periods.Count > 0 ? series.Periods[0] : 1;
        return [.. origins.Select(origin =>
        {
            var length = Math.Min(origin, options.Context);
            return ErrorScale.Of(values.AsSpan(origin - length, length), length > period ? period : 1);
        })];
    }
}
