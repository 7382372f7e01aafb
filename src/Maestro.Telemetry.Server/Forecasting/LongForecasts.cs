using System.Collections.Concurrent;
using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Autoscaling;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Upgrades;

namespace Maestro.Telemetry.Server.Forecasting;

/// <summary>
/// Forecasts that look further ahead than those of the loop, made when somebody asks. Their models are kept, follow the
/// demand, and are fitted anew when they have grown old.
/// </summary>
internal sealed class LongForecasts(
    DemandBoard demand, ModelFitter fitter, PolicyCatalogue policies, IOptions<AutoscalerOptions> options, TimeProvider time)
    : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly ConcurrentDictionary<(SeriesKey Key, TimeSpan Horizon), FittedSeries> _fitted = new();
    private int _weighing;

    public void Dispose() => _one.Dispose();

    /// <summary>
    /// The outlook of each group and resource; none for a group without a policy, or while nothing is known of a series.
    /// </summary>
    /// <param name="groups">The groups.</param>
    /// <param name="resources">The resources.</param>
    /// <param name="horizon">How far to look.</param>
    /// <param name="cancellationToken">Stops long work; what was fitted is kept.</param>
    public async Task<ImmutableArray<ResourceOutlook>> OfAsync(
        IEnumerable<SecurityGroupId> groups,
        IReadOnlyCollection<Resource> resources,
        TimeSpan horizon,
        CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await demand.CatchUpAsync(cancellationToken);
            if (_weighing != demand.Weighing)
            {
                // What was learned is of demand in another weight.
                _fitted.Clear();
                _weighing = demand.Weighing;
            }

            var keys = groups.SelectMany(_ => resources, (group, resource) => new SeriesKey(group, resource)).ToList();
            var outlooks = new ConcurrentBag<ResourceOutlook>();
            await Parallel.ForEachAsync(
                keys,
                new ParallelOptions
                {
                    CancellationToken = cancellationToken,
                    MaxDegreeOfParallelism = Environment.ProcessorCount,
                },
                (key, token) =>
                {
                    if (Outlook(key, horizon, token) is { } outlook)
                    {
                        outlooks.Add(outlook);
                    }

                    return ValueTask.CompletedTask;
                });
            return [.. outlooks.OrderBy(o => o.Forecast.Group).ThenBy(o => o.Forecast.Resource)];
        }
        finally
        {
            _one.Release();
        }
    }

    private ResourceOutlook? Outlook(SeriesKey key, TimeSpan horizon, CancellationToken cancellationToken)
    {
        var series = demand.ForForecast(key.Group, key.Resource);
        if (series.Count == 0 || policies.Find(key.Group) is not { } policy)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var fitted = _fitted.GetValueOrDefault((key, horizon));
        if (fitted is null || fitted.IsOld(now, options.Value.RefitEvery) || !fitted.Follow(series))
        {
            fitted = fitter.FitLong(key, policy, series, horizon, cancellationToken);
            _fitted[(key, horizon)] = fitted;
        }

        var forecast = fitted.Prepared.Issue(key.Group, key.Resource, now, cancellationToken);
        return new()
        {
            Forecast = forecast,
            Paths = fitted.Prepared.Paths(cancellationToken)?.Values ?? default,
            Measured = demand.WorstOfLast(key.Group, key.Resource, minutes: 2),
        };
    }
}
