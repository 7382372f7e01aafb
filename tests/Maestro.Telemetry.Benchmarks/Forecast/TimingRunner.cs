using System.Diagnostics;
using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Models;

namespace Maestro.Telemetry.Benchmarks.Forecast;

/// <summary>How long fitting and forecasting take, and how much memory many fitted series hold.</summary>
internal sealed class TimingRunner(FallbackChain chain, int jobs)
{
    private const int Rounds = 3;
    private const int Cases = 24;
    private const int Predictions = 200;

    private static readonly FallbackChain Baseline = new([new SeasonalNaiveModel(), new NaiveModel()]);

    /// <summary>One core: 4,032 points at 5 minutes, 288 steps ahead. Medians over cases of the best of three rounds.</summary>
    public TimingResult Single(IReadOnlyList<ForecastCase> cases, CancellationToken cancellationToken)
    {
        var chosen = Chosen(cases);
        return new()
        {
            FitAndForecastMs = Median(chosen, one => FitAndForecast(chain, one, cancellationToken)),
            BaselineFitAndForecastMs = Median(chosen, one => FitAndForecast(Baseline, one, cancellationToken)),
            PredictMs = Median(chosen, one => Predict(chain, one, 288, cancellationToken)),
            PredictHourMs = Median(chosen, one => Predict(chain, one, 12, cancellationToken)),
            ObserveMs = Median(chosen, one => Observe(one, cancellationToken)),
        };
    }

    /// <summary>All cores: fits so many series and keeps the fitted models, as a server does.</summary>
    public RefitResult Refit(IReadOnlyList<ForecastCase> cases, int series, CancellationToken cancellationToken)
    {
        var chosen = Chosen(cases);
        var models = new IFittedModel?[series];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        Parallel.For(
            0,
            series,
            new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellationToken },
            i => models[i] = chain.Fit(chosen[i % chosen.Count].Training(), cancellationToken).Model);
        var elapsed = watch.Elapsed;
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(models);
        using var process = Process.GetCurrentProcess();
        return new(series, jobs, elapsed.TotalSeconds, held / 1048576.0, process.PeakWorkingSet64 / 1048576.0);
    }

    private static List<ForecastCase> Chosen(IReadOnlyList<ForecastCase> cases)
    {
        var full = cases.Where(static one => one is { Daily: 288, Context.Length: 4_032 }).ToList();
        return full.Count == 0
            ? throw new InvalidOperationException("No 5-minute series with 4,032 points of history is there to be timed.")
            : [.. full.Where((_, i) => i % Math.Max(1, full.Count / Cases) == 0).Take(Cases)];
    }

    private static double Median(List<ForecastCase> cases, Func<ForecastCase, double> time)
    {
        time(cases[0]);
        time(cases[^1]);
        var times = cases.Select(one => Enumerable.Range(0, Rounds).Min(_ => time(one))).Order().ToList();
        return times[times.Count / 2];
    }

    private static double FitAndForecast(FallbackChain of, ForecastCase one, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        of.Fit(one.Training(), cancellationToken).Model!.Forecast(288, QuantileLevels.Standard, cancellationToken);
        return watch.Elapsed.TotalMilliseconds;
    }

    private static double Predict(FallbackChain of, ForecastCase one, int steps, CancellationToken cancellationToken)
    {
        var model = of.Fit(one.Training(), cancellationToken).Model!;
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Predictions; i++)
        {
            model.Forecast(steps, QuantileLevels.Standard, cancellationToken);
        }

        return watch.Elapsed.TotalMilliseconds / Predictions;
    }

    private double Observe(ForecastCase one, CancellationToken cancellationToken)
    {
        var model = chain.Fit(one.Training(), cancellationToken).Model!;
        var watch = Stopwatch.StartNew();
        foreach (var value in one.Test)
        {
            model.Observe(value);
        }

        return watch.Elapsed.TotalMilliseconds / one.Test.Length;
    }
}
