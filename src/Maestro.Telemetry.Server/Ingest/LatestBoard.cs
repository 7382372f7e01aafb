using System.Collections.Concurrent;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Server.Ingest;

/// <summary>The newest committed sample of each SGM, for those who look at it all the time.</summary>
internal sealed class LatestBoard
{
    private readonly ConcurrentDictionary<GatewaySerial, Entry> _entries = new();

    /// <summary>When the newest of the samples was taken; null when there is none.</summary>
    public DateTimeOffset? NewestOf(GatewaySerial serial) =>
        _entries.TryGetValue(serial, out var entry) ? DateTimeOffset.FromUnixTimeMilliseconds(entry.TimeMs) : null;

    /// <summary>The value of a metric in the newest sample; NaN when there is none.</summary>
    public double ValueOf(GatewaySerial serial, MetricId metric)
    {
        if (!_entries.TryGetValue(serial, out var entry))
        {
            return double.NaN;
        }

        if (entry.Restored is { } restored)
        {
            return restored.TryGetValue(metric, out var value) ? value : double.NaN;
        }

        var batch = entry.Batch!;
        for (var i = 0; i < batch.Metrics.Count; i++)
        {
            if (batch.Metrics[i] == metric)
            {
                return batch.Values.Span[(entry.Row * batch.Metrics.Count) + i];
            }
        }

        return double.NaN;
    }

    /// <summary>Takes a committed batch. Keeps a reference to it, no copy.</summary>
    public void Update(SampleBatch batch)
    {
        var times = batch.TimestampsMs.Span;
        var newest = 0;
        for (var row = 1; row < times.Length; row++)
        {
            newest = times[row] > times[newest] ? row : newest;
        }

        var entry = new Entry(times[newest], batch, newest, null);
        _entries.AddOrUpdate(
            batch.Serial,
            static (_, fresh) => fresh,
            static (_, known, fresh) => fresh.TimeMs >= known.TimeMs ? fresh : known,
            entry);
    }

    /// <summary>Takes what the store had before this process began.</summary>
    /// <param name="sample">The newest sample of an SGM.</param>
    /// <param name="notAfter">
    /// A later sample is from before the clock was set back; it is left out, because it would hide all that come.
    /// </param>
    public void Restore(LatestSample sample, DateTimeOffset notAfter)
    {
        if (sample.Time <= notAfter)
        {
            var entry = new Entry(sample.Time.ToUnixTimeMilliseconds(), null, 0, sample.Values);
            _entries.TryAdd(sample.Serial, entry);
        }
    }

    private sealed record Entry(
        long TimeMs, SampleBatch? Batch, int Row, IReadOnlyDictionary<MetricId, double>? Restored);
}
