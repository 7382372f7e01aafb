using System.Collections.Immutable;

namespace Maestro.Telemetry.Scaling;

/// <summary>What the planner remembers of one group.</summary>
public sealed record GroupMemory
{
    /// <summary>Units wanted in recent cycles, oldest first: the stabilization window.</summary>
    public ImmutableArray<WantedAt> Wanted { get; init; } = [];

    /// <summary>The members at the last cycle, by serial, ordered: a difference that no command made is out of band.</summary>
    public ImmutableArray<string> Members { get; init; } = [];

    /// <summary>The highest that the newest forecasts thought possible, by the intervals they were about: in reference SGMs.</summary>
    public ImmutableArray<WantedAt> Expected { get; init; } = [];

    /// <summary>A level that demand came to although no forecast had it; null when there is none to hold.</summary>
    public Surge? Surge { get; init; }

    /// <summary>When the membership last changed without a command of ours.</summary>
    public DateTimeOffset? OutOfBandAt { get; init; }
}
