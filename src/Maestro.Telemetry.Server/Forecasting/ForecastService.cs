using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Autoscaling;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Diagnostics;

namespace Maestro.Telemetry.Server.Forecasting;

/// <summary>
/// Forecasts each group's demand at every step. Forecasts are stored as they are issued. Models that have grown old are
/// fitted anew, the most overdue first, as long as the share of a core that is allowed for it lasts.
/// </summary>
internal sealed partial class ForecastService(
    DemandBoard demand,
    ModelFitter fitter,
    ModelKeeper keeper,
    MemberLoads members,
    ForecastCounters counters,
    PlanBoard board,
    PolicyCatalogue policies,
    ITelemetryStore store,
    IOptions<AutoscalerOptions> options,
    TimeProvider time,
    ILogger<ForecastService> logger) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Dictionary<SeriesKey, FittedSeries> _fitted = [];
    private readonly HashSet<SeriesKey> _restored = [];
    private int? _weighing;

    public void Dispose() => _one.Dispose();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            using var span = Tracing.Forecast();
            members.Observe();
            await demand.CatchUpAsync(cancellationToken);
            ForgetModelsOfOtherWeights();
            foreach (var policy in policies.All)
            {
                foreach (var resource in Enum.GetValues<Resource>())
                {
                    await IssueAsync(new(policy.Group, resource), policy, cancellationToken);
                }
            }

            await RefitAsync(cancellationToken);
        }
        catch (StoreUnavailableException e)
        {
            LogFailed(e);
        }
        finally
        {
            _one.Release();
        }
    }

    private void ForgetModelsOfOtherWeights()
    {
        // The first reading weighs nothing anew: models of the run before may go on.
        if (_weighing is { } weighing && weighing != demand.Weighing)
        {
            _fitted.Clear();
        }

        _weighing = demand.Weighing;
    }

    private async Task IssueAsync(SeriesKey key, ScalingPolicy policy, CancellationToken cancellationToken)
    {
        var series = demand.ForForecast(key.Group, key.Resource);
        if (series.Count == 0)
        {
            return;
        }

        var fitted = _fitted.GetValueOrDefault(key);
        if (fitted is null || !fitted.Follow(series))
        {
            fitted = await RestoreOrFitAsync(key, policy, series, fitted, cancellationToken);
            _fitted[key] = fitted;
        }

        counters.Set(key, fitted.Prepared);
        var forecast = fitted.Prepared.Issue(key.Group, key.Resource, time.GetUtcNow(), cancellationToken);
        if (forecast.Steps > 0)
        {
            await store.AppendForecastAsync(forecast, cancellationToken);
            board.Add(forecast);
        }
    }

    private async Task<FittedSeries> RestoreOrFitAsync(
        SeriesKey key, ScalingPolicy policy, TimeSeries series, FittedSeries? before, CancellationToken cancellationToken)
    {
        if (_restored.Add(key) && await keeper.RestoreAsync(key, policy, series, cancellationToken) is { } restored)
        {
            return restored;
        }

        var fitted = fitter.Fit(key, policy, series, before, cancellationToken);
        await keeper.SaveAsync(key, fitted, series.Step, cancellationToken);
        return fitted;
    }

    /// <summary>Fits old models anew; at least one, so that it goes on however long one takes.</summary>
    private async Task RefitAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var old = new Queue<SeriesKey>(_fitted
            .Where(fitted => fitted.Value.IsOld(now, options.Value.RefitEvery))
            .OrderBy(fitted => fitted.Value.TriedAt)
            .ThenBy(fitted => fitted.Key.Group)
            .ThenBy(fitted => fitted.Key.Resource)
            .Select(fitted => fitted.Key));
        var began = time.GetTimestamp();
        do
        {
            counters.SetBacklog(old.Count);
            if (!old.TryDequeue(out var key))
            {
                return;
            }

            await RefitAsync(key, cancellationToken);
        }
        while (time.GetElapsedTime(began) < options.Value.RefitShare * options.Value.ForecastEvery);

        counters.SetBacklog(old.Count);
    }

    private async Task RefitAsync(SeriesKey key, CancellationToken cancellationToken)
    {
        var (before, series) = (_fitted[key], demand.ForForecast(key.Group, key.Resource));
        if (policies.Find(key.Group) is not { } policy || !before.Follow(series))
        {
            return;
        }

        var fitted = fitter.Refit(key, policy, series, before, cancellationToken);
        if (fitted != before)
        {
            _fitted[key] = fitted;
            counters.Set(key, fitted.Prepared);
            await keeper.SaveAsync(key, fitted, series.Step, cancellationToken);
        }
    }

    [LoggerMessage(1602, LogLevel.Warning, "Forecasts could not be read or stored; tried again at the next step")]
    private partial void LogFailed(Exception exception);
}
