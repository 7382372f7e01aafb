using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Ports;

/// <summary>Keeps samples, their one-minute roll-ups, and forecasts. Safe for concurrent use.</summary>
public interface ITelemetryStore : IAsyncDisposable
{
    /// <summary>
    /// Stores the batches in one transaction, with their roll-ups. When it returns, they survive a crash of the
    /// process and of the machine. A row with the same serial and timestamp as a stored one is merged into it: the metrics
    /// and cores that the stored row lacks are added, to its roll-up too; the values and the group that are there stay.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Nothing was stored; the same call may succeed later.</exception>
    ValueTask<StoreResult> WriteAsync(IReadOnlyList<SampleBatch> batches, CancellationToken cancellationToken);

    /// <summary>The newest sample of each SGM, not older than <paramref name="since"/>.</summary>
    ValueTask<IReadOnlyList<LatestSample>> GetLatestAsync(DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Roll-ups in [from, to), streamed in order of time, then serial.</summary>
    IAsyncEnumerable<RollupRow> ReadRollupsAsync(RollupQuery query, CancellationToken cancellationToken);

    /// <summary>The raw samples of one SGM in [from, to), in order of time.</summary>
    IAsyncEnumerable<RawSample> ReadSamplesAsync(
        GatewaySerial serial, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>Adds a forecast; none is ever changed.</summary>
    ValueTask AppendForecastAsync(DemandForecast forecast, CancellationToken cancellationToken);

    /// <summary>The newest forecast issued at or before <paramref name="at"/>; null when there is none.</summary>
    ValueTask<DemandForecast?> GetForecastAsync(
        SecurityGroupId group, Resource resource, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Deletes what is older than its resolution keeps, in slices that do not block writers for long.</summary>
    ValueTask<RetentionResult> ApplyRetentionAsync(
        RetentionPolicy policy, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Rows and bytes held, for status and metrics.</summary>
    ValueTask<StoreStatistics> GetStatisticsAsync(CancellationToken cancellationToken);
}
