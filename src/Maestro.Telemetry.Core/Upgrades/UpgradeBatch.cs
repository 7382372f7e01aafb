using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Upgrades;

/// <summary>SGMs that are out together, and from when. Units are reference SGMs.</summary>
public sealed record UpgradeBatch
{
    /// <summary>From 1, in the order of time.</summary>
    public required int Number { get; init; }

    public required SiteId Site { get; init; }

    /// <summary>The SMO stands last.</summary>
    public required ImmutableArray<GatewaySerial> Serials { get; init; }

    /// <summary>True when the SMO is among them: the management session moves to another SGM.</summary>
    public required bool HasSmo { get; init; }

    public required double UnitsOut { get; init; }

    /// <summary>Demand in units that may be used while it is out: the survive ceiling. Below zero when nothing is left.</summary>
    public required double Ceiling { get; init; }

    /// <summary>The rule that the ceiling follows from, and how.</summary>
    public required string Because { get; init; }

    /// <summary>The earliest safe start; null when there is none.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>It may also start at any time until then.</summary>
    public DateTimeOffset? LatestStart { get; init; }

    /// <summary>The quantile of the highest demand while it is out, in units; NaN without a start.</summary>
    public double Demand { get; init; } = double.NaN;
}
