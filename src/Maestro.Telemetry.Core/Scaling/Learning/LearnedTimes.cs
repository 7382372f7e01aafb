using System.Collections.Immutable;

namespace Maestro.Telemetry.Scaling.Learning;

/// <summary>What the changes of the past say about how long the next one will take.</summary>
public sealed record LearnedTimes
{
    /// <summary>Nothing was learned: the policies' lead times hold.</summary>
    public static LearnedTimes Empty { get; } = new();

    /// <summary>By site, model, and whether it is a move; ordered by these.</summary>
    public ImmutableArray<LearnedJoin> Joins { get; init; } = [];

    /// <summary>By group; ordered by it.</summary>
    public ImmutableArray<LearnedApproval> Approvals { get; init; } = [];
}
