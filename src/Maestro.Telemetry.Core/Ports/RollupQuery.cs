using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Ports;

/// <summary>Which roll-ups to read: all SGMs, one group's samples, or one SGM's.</summary>
public sealed record RollupQuery
{
    public required DateTimeOffset From { get; init; }

    /// <summary>Exclusive.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Only samples taken while the SGM was in this group; null for any.</summary>
    public SecurityGroupId? Group { get; init; }

    /// <summary>Only this SGM; null for any.</summary>
    public GatewaySerial? Serial { get; init; }

    /// <summary>The metrics wanted, in the order of <see cref="RollupRow.Values"/>.</summary>
    public required IReadOnlyList<MetricId> Metrics { get; init; }

    /// <summary>
    /// The metrics of which minimum and maximum are wanted, null for all. Those of the others may be NaN: some stores read
    /// counts and sums alone in half the time.
    /// </summary>
    public IReadOnlyCollection<MetricId>? Extremes { get; init; }
}
