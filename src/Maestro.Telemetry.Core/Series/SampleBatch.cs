using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Series;

/// <summary>
/// Validated samples of one SGM on their way to the store: rows by time, columns by metric. All rows have all columns.
/// </summary>
public sealed class SampleBatch
{
    public required GatewaySerial Serial { get; init; }

    /// <summary>The group that the fabric had the SGM in when the samples arrived; null when free.</summary>
    public SecurityGroupId? Group { get; init; }

    /// <summary>The metrics of <see cref="Values"/>, in column order, each at most once.</summary>
    public required IReadOnlyList<MetricId> Metrics { get; init; }

    /// <summary>The cores of <see cref="CoreValues"/>, in column order; empty when the agent sends none.</summary>
    public IReadOnlyList<CoreId> Cores { get; init; } = [];

    /// <summary>Milliseconds since 1970-01-01T00:00:00Z, one per row.</summary>
    public required ReadOnlyMemory<long> TimestampsMs { get; init; }

    /// <summary>Row-major, rows × <see cref="Metrics"/>; finite.</summary>
    public required ReadOnlyMemory<double> Values { get; init; }

    /// <summary>Busy percent, row-major, rows × <see cref="Cores"/>; finite.</summary>
    public ReadOnlyMemory<double> CoreValues { get; init; }

    public int Rows => TimestampsMs.Length;
}
