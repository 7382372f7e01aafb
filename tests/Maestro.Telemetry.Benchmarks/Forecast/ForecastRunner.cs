using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Batch;
using Maestro.Telemetry.Forecasting.Metrics;

namespace Maestro.Telemetry.Benchmarks.Forecast;

/// <summary>Forecasts cases on all cores and scores them.</summary>
internal sealed class ForecastRunner(FallbackChain chain, int jobs)
{
    /// <summary>Scores of each case and each reported horizon, in the order of the cases.</summary>
    public async Task<List<CaseScore>> ScoreAsync(IReadOnlyList<ForecastCase> cases, CancellationToken cancellationToken)
    {
        var scores = new List<CaseScore>();
        var next = 0;
        var series = cases.Select(one => new BatchSeries(one.Id, one.Training())).ToAsyncEnumerable();
        var forecaster = new BatchForecaster(new() { Chain = chain, Jobs = jobs });
        await foreach (var result in forecaster.RunAsync(series, null, cancellationToken))
        {
            var one = cases[next++];
            if (result.Forecast is { } forecast)
            {
                scores.AddRange(Horizons(one).Select(horizon => new CaseScore(
                    one.Group,
                    one.Series,
                    horizon,
                    result.Model!,
                    ForecastScore.Of(
                        one.Test.AsSpan(0, Scored(one, horizon)), forecast.Levels, forecast.Marginal, one.Scale))));
            }
        }

        return scores;
    }

    /// <summary>The mean over the series of a column of each series' mean over its origins.</summary>
    public static ForecastScore Column(IEnumerable<CaseScore> scores, string group, int horizon) => ForecastScore.Mean(
        [.. scores.Where(score => score.Group == group && score.Horizon == horizon)
            .GroupBy(score => score.Series)
            .Select(series => ForecastScore.Mean([.. series.Select(score => score.Score)]))]);

    /// <summary>load60 is scored over its whole horizon: a day, at 1 hour or at 30 minutes.</summary>
    private static int Scored(ForecastCase one, int horizon) => one.Group == "load60" ? one.Horizon : horizon;

    private static IEnumerable<int> Horizons(ForecastCase one) => one.Group switch
    {
        ForecastGroup.M4 => [48],
        "load60" => [24],
        _ => ForecastGroup.Columns9.Where(column => column.Group == one.Group).Select(column => column.Horizon),
    };
}
