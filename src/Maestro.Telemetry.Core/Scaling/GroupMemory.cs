using System.Collections.Immutable;

namespace Maestro.Telemetry.Scaling;

/// <summary>What the planner remembers of one group.</summary>
public sealed record GroupMemory
{
    /// <summary>Units wanted in recent cycles, oldest first: the stabilization window.</summary>
    public ImmutableArray<WantedAt> Wanted { get; init; } = [];

    /// <summary>The members at the last cycle, by serial, ordered: a difference that no command made is out of band.</summary>
    public ImmutableArray<string> Members { get; init; } = [];

    /// <summary>When the membership last changed without a command of ours.</summary>
    public DateTimeOffset? OutOfBandAt { get; init; }
}
