using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Maestro.Telemetry.Forecasting.Batch;

/// <summary>
/// Forecasts many series on all cores. Results come in the order of the series, one for each, and each depends on its
/// own series alone. Only a few series per core are held at a time, however many there are.
/// </summary>
/// <param name="options">How to forecast.</param>
public sealed class BatchForecaster(BatchOptions options)
{
    /// <summary>Results that may wait for an earlier one, per series worked on.</summary>
    private const int Ahead = 4;

    /// <summary>Forecasts a stream of series.</summary>
    /// <param name="series">Read as fast as the work goes on, and no faster.</param>
    /// <param name="progress">Told after each result; may be null.</param>
    /// <param name="cancellationToken">Stops the work. What has begun has ended when the enumeration ends.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async IAsyncEnumerable<BatchForecast> RunAsync(
        IAsyncEnumerable<BatchSeries> series,
        IProgress<BatchProgress>? progress = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var slots = new SemaphoreSlim(options.Jobs);
        var begun = Channel.CreateBounded<Task<BatchForecast>>(options.Jobs * Ahead);
        var feeding = FeedAsync(series, slots, begun.Writer, stop.Token);
        var done = default(BatchProgress);
        try
        {
            await foreach (var work in begun.Reader.ReadAllAsync(cancellationToken))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var forecast = await work;
                done = done.With(forecast.Status);
                progress?.Report(done);
                yield return forecast;
            }

            await feeding;
        }
        finally
        {
            await stop.CancelAsync();
            await EndAsync(feeding, slots);
        }
    }

    /// <summary>Forecasts one series.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the budget's does not count.</exception>
    public BatchForecast Run(BatchSeries series, CancellationToken cancellationToken)
    {
        if (series.Series is null)
        {
            return Without(series, series.Refusal ?? "the series could not be read");
        }

        try
        {
            return Fit(series.Id, series.Series, cancellationToken);
        }
        catch (Exception e) when (e is ArgumentException or ArithmeticException or InvalidOperationException)
        {
            // One series whose parts or numbers do not fit together is no reason to lose the others.
            return Without(series, e.Message);
        }
    }

    private static BatchForecast Without(BatchSeries series, string reason) =>
        new(series.Id, FitStatus.NoModel, null, reason, null);

    private BatchForecast Work(BatchSeries item, SemaphoreSlim slots, CancellationToken stop)
    {
        try
        {
            return Run(item, stop);
        }
        finally
        {
            slots.Release();
        }
    }

    private BatchForecast Fit(string id, TrainingSeries series, CancellationToken cancellationToken)
    {
        using var budget = options.Budget?.Invoke();
        var fit = options.Chain.Fit(series, budget?.Token ?? CancellationToken.None, cancellationToken);
        var forecast = fit.Model?.Forecast(series.MaxHorizon, options.Levels, cancellationToken);
        return new(id, fit.Status, fit.Model?.Name, fit.Reason, forecast);
    }

    private async Task FeedAsync(
        IAsyncEnumerable<BatchSeries> series,
        SemaphoreSlim slots,
        ChannelWriter<Task<BatchForecast>> begun,
        CancellationToken stop)
    {
        try
        {
            await foreach (var item in series.WithCancellation(stop))
            {
                await slots.WaitAsync(stop);

                // Without the token: work that never ran would not give its slot back.
                var work = Task.Run(() => Work(item, slots, stop), CancellationToken.None);
                await begun.WriteAsync(work, stop);
            }
        }
        finally
        {
            begun.Complete();
        }
    }

    /// <summary>Waits until nothing is worked on: the reading has ended and every slot is free.</summary>
    private async Task EndAsync(Task feeding, SemaphoreSlim slots)
    {
        await Task.WhenAny(feeding);
        for (var i = 0; i < options.Jobs; i++)
        {
            await slots.WaitAsync(CancellationToken.None);
        }
    }
}
