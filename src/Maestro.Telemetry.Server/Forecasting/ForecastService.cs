using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Autoscaling;
using Maestro.Telemetry.Server.Configuration;

namespace Maestro.Telemetry.Server.Forecasting;

/// <summary>
/// Forecasts each group's demand at every step, and fits the model anew when it has grown old. Forecasts are stored as
/// they are issued.
/// </summary>
internal sealed partial class ForecastService(
    DemandBoard demand,
    PlanBoard board,
    PolicyCatalogue policies,
    ITelemetryStore store,
    IOptions<AutoscalerOptions> options,
    TimeProvider time,
    ILogger<ForecastService> logger) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Dictionary<(SecurityGroupId Group, Resource Resource), FittedSeries> _fitted = [];
    private int _weighing;

    public void Dispose() => _one.Dispose();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await demand.CatchUpAsync(cancellationToken);
            ForgetModelsOfOtherWeights();
            foreach (var policy in policies.All)
            {
                foreach (var resource in Enum.GetValues<Resource>())
                {
                    await IssueAsync(policy.Group, resource, policy.LeadTime, policy.Quantile, cancellationToken);
                }
            }
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
        if (_weighing != demand.Weighing)
        {
            _weighing = demand.Weighing;
            _fitted.Clear();
        }
    }

    private async Task IssueAsync(
        SecurityGroupId group, Resource resource, TimeSpan lead, double quantile, CancellationToken cancellationToken)
    {
        var series = demand.ForForecast(group, resource);
        if (series.Count == 0)
        {
            return;
        }

        var now = time.GetUtcNow();
        var fitted = _fitted.GetValueOrDefault((group, resource));
        if (fitted is null || fitted.IsOld(now, options.Value.RefitEvery) || !fitted.Follow(series))
        {
            var pipeline = new ForecastPipeline(new ForecastOptions
            {
                Horizon = options.Value.Horizon,
                Context = options.Value.History,
                LeadTime = lead,
                Level = quantile,
            });
            fitted = new FittedSeries(pipeline.Prepare(series, default, cancellationToken), now);
            _fitted[(group, resource)] = fitted;
            LogFitted(group, resource, fitted.Prepared.Trust.Reason);
        }

        var forecast = fitted.Prepared.Issue(group, resource, now, cancellationToken);
        if (forecast.Steps > 0)
        {
            await store.AppendForecastAsync(forecast, cancellationToken);
            board.Add(forecast);
        }
    }

    [LoggerMessage(1601, LogLevel.Debug, "Group {Group}, {Resource}: {Trust}")]
    private partial void LogFitted(SecurityGroupId group, Resource resource, string trust);

    [LoggerMessage(1602, LogLevel.Warning, "Forecasts could not be read or stored; tried again at the next step")]
    private partial void LogFailed(Exception exception);
}
