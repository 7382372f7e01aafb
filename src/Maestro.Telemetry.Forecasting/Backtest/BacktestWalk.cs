namespace Maestro.Telemetry.Forecasting.Backtest;

/// <summary>Takes one chain of models through the origins of a series, never showing it what comes after.</summary>
internal sealed class BacktestWalk(
    FallbackChain chain, TrainingSeries series, double[] values, int[] origins, BacktestOptions options)
{
    private static readonly double[] WindowLevels = [BacktestOptions.WindowLevel];

    private readonly int _horizon = series.MaxHorizon;

    /// <summary>One forecast for each origin.</summary>
    public OriginForecast[] Run(CancellationToken cancellationToken) => options.Strategy switch
    {
        BacktestStrategy.Update => Update(cancellationToken),
        BacktestStrategy.NoUpdate => NoUpdate(cancellationToken),
        _ => Refit(cancellationToken),
    };

    private OriginForecast[] Refit(CancellationToken cancellationToken) =>
        [.. Enumerable.Range(0, origins.Length).AsParallel().AsOrdered()
            .WithDegreeOfParallelism(options.Jobs).WithCancellation(cancellationToken)
            .Select(i => At(i, chain.Fit(Before(origins[i], _horizon), cancellationToken), Until(i), cancellationToken))];

    private OriginForecast[] Update(CancellationToken cancellationToken)
    {
        var forecasts = new OriginForecast[origins.Length];
        var fit = default(ChainResult);
        for (var i = 0; i < origins.Length; i++)
        {
            if (fit is null || (options.RefitEvery > 0 && i % options.RefitEvery == 0))
            {
                fit = chain.Fit(Before(origins[i], _horizon), cancellationToken);
            }

            forecasts[i] = At(i, fit, i + 1 < origins.Length ? origins[i + 1] : Until(i), cancellationToken);
        }

        return forecasts;
    }

    /// <summary>One forecast, cut into those that begin at the origins. Maxima come from its paths.</summary>
    private OriginForecast[] NoUpdate(CancellationToken cancellationToken)
    {
        var reach = origins[^1] - origins[0] + _horizon;
        var fit = chain.Fit(Before(origins[0], reach), cancellationToken);
        if (fit.Model is null)
        {
            return [.. origins.Select(_ => new OriginForecast(fit, [], []))];
        }

        var marginal = fit.Model.Forecast(reach, BacktestOptions.Levels, cancellationToken).Marginal;
        var paths = fit.Model.Paths(reach, cancellationToken);
        var width = BacktestOptions.Levels.Count;
        return [.. Enumerable.Range(0, origins.Length).Select(i =>
        {
            var from = origins[i] - origins[0];
            return new OriginForecast(fit, marginal[(from * width)..((from + _horizon) * width)], Cut(paths, i));
        })];
    }

    /// <summary>Forecasts at an origin; then window after window while the model follows what happened.</summary>
    private OriginForecast At(int index, ChainResult fit, int follow, CancellationToken cancellationToken)
    {
        if (fit.Model is not { } model)
        {
            return new(fit, [], []);
        }

        var origin = origins[index];
        var marginal = model.Forecast(_horizon, BacktestOptions.Levels, cancellationToken).Marginal;
        var windows = new List<WindowForecast>();
        for (var at = origin; at < follow; at++)
        {
            foreach (var steps in options.Windows)
            {
                if (IsWindow(index, at, steps) && Peak(at, steps) is var peak && !double.IsNaN(peak))
                {
                    windows.Add(new(steps, peak, model.Forecast(steps, WindowLevels, cancellationToken).PathMaximum[^1]));
                }
            }

            model.Observe(values[at]);
        }

        return new(fit, marginal, windows);
    }

    private List<WindowForecast> Cut(SamplePaths paths, int index)
    {
        var windows = new List<WindowForecast>();
        var maxima = new double[paths.Count];
        for (var at = origins[index]; at < Until(index); at++)
        {
            foreach (var steps in options.Windows)
            {
                if (IsWindow(index, at, steps) && Peak(at, steps) is var peak && !double.IsNaN(peak))
                {
                    for (var path = 0; path < maxima.Length; path++)
                    {
                        maxima[path] = Highest(paths[path].Slice(at - origins[0], steps));
                    }

                    Array.Sort(maxima);
                    windows.Add(new(steps, peak, Errors.Quantiles.OfSorted(maxima, BacktestOptions.WindowLevel)));
                }
            }
        }

        return windows;
    }

    private bool IsWindow(int index, int at, int steps) =>
        steps <= _horizon && (at - origins[index]) % steps == 0 && at + steps <= Until(index);

    /// <summary>
    /// Windows go as far as the forecast does, and no further than the next origin, so that none is counted twice.
    /// </summary>
    private int Until(int index) =>
        Math.Min(origins[index] + _horizon, index + 1 < origins.Length ? origins[index + 1] : values.Length);

    /// <summary>The highest value; NaN when any is missing, since it may have been the highest.</summary>
    private double Peak(int from, int steps) => Highest(values.AsSpan(from, steps));

    private static double Highest(ReadOnlySpan<double> span)
    {
        var peak = span[0];
        foreach (var value in span)
        {
            peak = Math.Max(peak, value);
        }

        return peak;
    }

    /// <summary>What was known before an origin.</summary>
    private TrainingSeries Before(int origin, int horizon)
    {
        var length = Math.Min(origin, options.Context);
        return series with
        {
            Values = values.AsMemory(origin - length, length),
            Events = Part(series.Events),
            Members = Part(series.Members),
            Saturated = Part(series.Saturated),
            MaxHorizon = horizon,
        };

        ReadOnlyMemory<T> Part<T>(ReadOnlyMemory<T> whole) =>
            whole.IsEmpty ? whole : whole.Slice(origin - length, length);
    }
}
