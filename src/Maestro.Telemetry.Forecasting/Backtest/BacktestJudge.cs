using Maestro.Telemetry.Forecasting.Metrics;

namespace Maestro.Telemetry.Forecasting.Backtest;

/// <summary>Holds forecasts against what followed.</summary>
internal sealed class BacktestJudge(
    double[] values, int[] origins, ErrorScale[] scales, int horizon, BacktestOptions options)
{
    private static readonly IReadOnlyList<double> Levels = BacktestOptions.Levels;

    public ModelResult Judge(string name, OriginForecast[] forecasts, OriginForecast[] baseline)
    {
        var score = Score(forecasts, 0, horizon);
        return new()
        {
            Model = name,
            Made = forecasts.CountBy(static one => one.Fit.Model?.Name ?? "none").ToDictionary(),
            FellBack = forecasts.FirstOrDefault(static one => one.Fit.Status != FitStatus.Fitted)?.Fit.Reason,
            Score = score,
            RelativeLoss = score.Scrps / Score(baseline, 0, horizon).Scrps,
            Buckets = Buckets(forecasts, baseline),
            Windows = [.. options.Windows.Where(steps => steps <= horizon).Select(steps => Window(forecasts, baseline, steps))],
            Reliability = Reliability(forecasts),
            Kept = Kept(forecasts),
        };
    }

    private ForecastScore Score(OriginForecast[] forecasts, int from, int to)
    {
        var scores = new List<ForecastScore>();
        for (var i = 0; i < origins.Length; i++)
        {
            if (forecasts[i].Marginal is { Length: > 0 } marginal)
            {
                scores.Add(ForecastScore.Of(
                    values.AsSpan(origins[i] + from, to - from),
                    Levels,
                    marginal.AsSpan(from * Levels.Count, (to - from) * Levels.Count),
                    scales[i]));
            }
        }

        return ForecastScore.Mean(scores);
    }

    private List<BucketResult> Buckets(OriginForecast[] forecasts, OriginForecast[] baseline)
    {
        var buckets = new List<BucketResult>();
        var from = 0;
        foreach (var to in options.Buckets.Where(to => to < horizon).Append(horizon))
        {
            var score = Score(forecasts, from, to);
            buckets.Add(new(from + 1, to, score, score.Scrps / Score(baseline, from, to).Scrps));
            from = to;
        }

        return buckets;
    }

    private static WindowResult Window(OriginForecast[] forecasts, OriginForecast[] baseline, int steps)
    {
        var (count, covered, loss) = Sum(forecasts, steps);
        var (others, _, other) = Sum(baseline, steps);
        return new(
            steps,
            count,
            count == 0 ? double.NaN : (double)covered / count,
            loss / count,
            loss / count / (other / others));
    }

    private static (int Count, int Covered, double Loss) Sum(OriginForecast[] forecasts, int steps)
    {
        var (count, covered, loss) = (0, 0, 0.0);
        foreach (var window in forecasts.SelectMany(static one => one.Windows).Where(window => window.Steps == steps))
        {
            count++;
            covered += Coverage.Holds(window.Peak, window.Quantile) ? 1 : 0;
            loss += Pinball.Loss(window.Peak, window.Quantile, BacktestOptions.WindowLevel);
        }

        return (count, covered, loss);
    }

    private List<LevelResult> Reliability(OriginForecast[] forecasts)
    {
        var (below, count) = (new int[Levels.Count], 0);
        for (var i = 0; i < origins.Length; i++)
        {
            var marginal = forecasts[i].Marginal;
            for (var step = 0; step < marginal.Length / Levels.Count; step++)
            {
                if (values[origins[i] + step] is var actual && !double.IsNaN(actual))
                {
                    count++;
                    for (var level = 0; level < Levels.Count; level++)
                    {
                        below[level] += actual <= marginal[(step * Levels.Count) + level] ? 1 : 0;
                    }
                }
            }
        }

        return [.. Levels.Select((level, i) => new LevelResult(level, count == 0 ? double.NaN : (double)below[i] / count))];
    }

    /// <summary>The newest and others at even distances before it.</summary>
    private List<KeptForecast> Kept(OriginForecast[] forecasts)
    {
        var kept = new List<KeptForecast>();
        var wanted = Math.Min(options.Kept, origins.Length);
        for (var k = 1; k <= wanted; k++)
        {
            var i = (k * origins.Length / wanted) - 1;
            if (forecasts[i].Marginal is { Length: > 0 } marginal)
            {
                kept.Add(new(origins[i], new(Levels, marginal, [])));
            }
        }

        return kept;
    }
}
