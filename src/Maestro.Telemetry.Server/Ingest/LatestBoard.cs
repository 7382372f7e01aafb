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

        for (Entry? part = entry; part is not null; part = part.Rest)
        {
            if (part.TryGetValue(metric, out var value))
            {
                return value;
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

        var entry = new Entry(times[newest], batch, newest, null, null);
        _entries.AddOrUpdate(
            batch.Serial,
            static (_, fresh) => fresh,
            static (_, known, fresh) =>
                fresh.TimeMs > known.TimeMs ? fresh : fresh.TimeMs < known.TimeMs ? known : Merge(known, fresh),
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
            var entry = new Entry(sample.Time.ToUnixTimeMilliseconds(), null, 0, sample.Values, null);
            _entries.TryAdd(sample.Serial, entry);
        }
    }

    /// <summary>Two parts of one row, as the store merges them: what is there stays.</summary>
    private static Entry Merge(Entry known, Entry fresh)
    {
        foreach (var metric in fresh.Batch!.Metrics)
        {
            var isKnown = false;
            for (Entry? part = known; part is not null && !isKnown; part = part.Rest)
            {
                isKnown = part.TryGetValue(metric, out _);
            }

            if (!isKnown)
            {
                return known.Append(fresh);
            }
        }

        return known;
    }

    /// <summary>A row, or the part of it that came first; <see cref="Rest"/> brought metrics that it lacks.</summary>
    private sealed record Entry(
        long TimeMs, SampleBatch? Batch, int Row, IReadOnlyDictionary<MetricId, double>? Restored, Entry? Rest)
    {
        public Entry Append(Entry last) => this with { Rest = Rest is null ? last : Rest.Append(last) };

        public bool TryGetValue(MetricId metric, out double value)
        {
            if (Restored is { } restored)
            {
                return restored.TryGetValue(metric, out value);
            }

            for (var i = 0; i < Batch!.Metrics.Count; i++)
            {
                if (Batch.Metrics[i] == metric)
                {
                    value = Batch.Values.Span[(Row * Batch.Metrics.Count) + i];
                    return true;
                }
            }

            value = double.NaN;
            return false;
        }
    }
}
