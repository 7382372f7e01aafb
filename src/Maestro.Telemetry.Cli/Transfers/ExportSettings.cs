using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Cli.Transfers;

/// <summary>What is to be exported, and how.</summary>
internal sealed record ExportSettings
{
    public required ExportWhat What { get; init; }

    /// <summary>Line protocol instead of CSV.</summary>
    public bool IsLine { get; init; }

    public required DateTimeOffset From { get; init; }

    /// <summary>Exclusive.</summary>
    public required DateTimeOffset To { get; init; }

    public SecurityGroupId? Group { get; init; }

    public GatewaySerial? Serial { get; init; }

    /// <summary>For demand.</summary>
    public Resource Resource { get; init; } = Resource.CpuWork;

    /// <summary>For demand: whole minutes.</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A file; null for standard output.</summary>
    public string? Out { get; init; }
}
