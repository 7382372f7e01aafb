using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Cli.Replays.Import;

/// <summary>Which part of a recording is wanted.</summary>
internal sealed record ImportOptions
{
    /// <summary>The grid; null for the one that the recording has.</summary>
    public TimeSpan? Step { get; init; }

    /// <summary>Only points at or after it; null for all.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only points before it; null for all.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>What is demanded, where a recording holds several resources.</summary>
    public Resource Resource { get; init; } = Resource.CpuWork;

    /// <summary>Numbers of Security Groups, where a recording tells them; empty for all.</summary>
    public IReadOnlyList<int> Groups { get; init; } = [];

    /// <summary>What the values of a file of numbers may be; null for any.</summary>
    public (double Least, double Most)? Bounds { get; init; }

    /// <summary>True when a file of numbers may leave out rows whose values are missing.</summary>
    public bool GapsAllowed { get; init; }

    /// <summary>Names of columns or series; empty for all.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];
}
