using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasts;

namespace Maestro.Telemetry.Ports;

/// <summary>
/// What a store holds, for reading only: nothing is made, changed or mended, and a service may be writing meanwhile. Not
/// safe for concurrent use: one thing is read after the other.
/// </summary>
public interface ITelemetryHistory : IAsyncDisposable
{
    /// <summary>From the first sample or roll-up to the end of the last's minute; null when there are none.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be read now.</exception>
    ValueTask<(DateTimeOffset First, DateTimeOffset End)?> GetSpanAsync(CancellationToken cancellationToken);

    /// <summary>What there is in [from, to); forecasts by their time of issue.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be read now.</exception>
    ValueTask<HistoryCounts> CountAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>The site at which each SGM was last said to be; those of which nobody said are not in it.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be read now.</exception>
    ValueTask<IReadOnlyDictionary<GatewaySerial, string>> GetSitesAsync(CancellationToken cancellationToken);

    /// <summary>Samples, in order of time.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be read now.</exception>
    IAsyncEnumerable<StoredSample> ReadSamplesAsync(HistorySelection selection, CancellationToken cancellationToken);

    /// <summary>One-minute roll-ups that are stored, in order of time.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be read now.</exception>
    IAsyncEnumerable<RollupRow> ReadRollupsAsync(RollupQuery query, CancellationToken cancellationToken);

    /// <summary>Forecasts that were issued in the time, in order of issue. A serial does not select among them.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be read now.</exception>
    IAsyncEnumerable<DemandForecast> ReadForecastsAsync(
        HistorySelection selection, CancellationToken cancellationToken);
}
