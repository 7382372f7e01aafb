using System.Runtime.InteropServices;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Cli.Transfers;

/// <summary>Gathers single samples to batches, in which all rows have the same columns.</summary>
internal sealed class BatchGathering
{
    private readonly Dictionary<Columns, Rows> _batches = [];

    /// <summary>Rows gathered.</summary>
    public int Count { get; private set; }

    public void Add(StoredSample stored)
    {
        var sample = stored.Sample;
        var columns = new Columns(stored.Serial, sample.Group, sample.Values.Keys, sample.Cores);
        ref var rows = ref CollectionsMarshal.GetValueRefOrAddDefault(_batches, columns, out _);
        rows ??= new Rows();
        rows.Times.Add(sample.Time.ToUnixTimeMilliseconds());
        rows.Values.AddRange(sample.Values.Values);
        rows.Cores.AddRange(sample.Cores.Select(static c => c.Value));
        Count++;
    }

    /// <summary>The batches of all that was gathered; it is empty then.</summary>
    public IReadOnlyList<SampleBatch> Take()
    {
        SampleBatch[] batches = [.. _batches.Select(static b => new SampleBatch
        {
            Serial = b.Key.Serial,
            Group = b.Key.Group,
            Metrics = b.Key.Metrics,
            Cores = b.Key.Cores,
            TimestampsMs = b.Value.Times.ToArray(),
            Values = b.Value.Values.ToArray(),
            CoreValues = b.Value.Cores.ToArray(),
        })];
        _batches.Clear();
        Count = 0;
        return batches;
    }

    private sealed class Rows
    {
        public List<long> Times { get; } = [];

        public List<double> Values { get; } = [];

        public List<double> Cores { get; } = [];
    }

    private sealed class Columns(
        GatewaySerial serial,
        SecurityGroupId? group,
        IEnumerable<MetricId> metrics,
        IReadOnlyList<KeyValuePair<CoreId, double>> cores) : IEquatable<Columns>
    {
        public GatewaySerial Serial { get; } = serial;

        public SecurityGroupId? Group { get; } = group;

        public MetricId[] Metrics { get; } = [.. metrics];

        public CoreId[] Cores { get; } = [.. cores.Select(static c => c.Key)];

        public bool Equals(Columns? other) =>
            other is not null && Serial == other.Serial && Group == other.Group
            && Metrics.AsSpan().SequenceEqual(other.Metrics) && Cores.AsSpan().SequenceEqual(other.Cores);

        public override bool Equals(object? obj) => Equals(obj as Columns);

        public override int GetHashCode() => HashCode.Combine(Serial, Group, Metrics.Length, Cores.Length);
    }
}
