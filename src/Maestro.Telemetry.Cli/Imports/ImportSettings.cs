using Maestro.Telemetry.Cli.Replays.Import;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Cli.Imports;

/// <summary>What `maestro import` was asked for.</summary>
internal sealed record ImportSettings
{
    /// <summary>Recordings of one kind, at least one.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The Security Group that the history is of.</summary>
    public required SecurityGroupId Group { get; init; }

    /// <summary>The SGM of each series, in their order; empty when there is one series, of the whole group.</summary>
    public IReadOnlyList<GatewaySerial> Serials { get; init; } = [];

    /// <summary>Where the SGMs were; null for what the store knows.</summary>
    public string? Site { get; init; }

    public Resource Resource { get; init; } = Resource.CpuWork;

    /// <summary>The unit of the values; null for the only one there is.</summary>
    public string? Unit { get; init; }

    /// <summary>Reference SGMs that a percentage of the whole group is of; null where it is not asked for.</summary>
    public double? Members { get; init; }

    /// <summary>Names of columns or series; empty for all.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>The step of the recording; null to find it.</summary>
    public TimeSpan? Step { get; init; }

    /// <summary>Only points at or after it; null for all.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only points before it; null for all.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>True to store other values in place of those of an earlier import.</summary>
    public bool Replace { get; init; }

    /// <summary>True to say what would be stored, and store nothing.</summary>
    public bool DryRun { get; init; }

    public bool Json { get; init; }

    /// <summary>What importers are to read.</summary>
    public ImportOptions ToOptions((double Least, double Most) bounds) => new()
    {
        Step = Step,
        From = From,
        To = Until,
        Resource = Resource,
        Bounds = bounds,
        GapsAllowed = true,
        Columns = Columns,
    };
}
