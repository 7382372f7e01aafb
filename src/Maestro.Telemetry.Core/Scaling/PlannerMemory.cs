using System.Collections.Immutable;

namespace Maestro.Telemetry.Scaling;

/// <summary>What the planner carries from one cycle to the next. A value: kept in the ledger, given back unchanged.</summary>
public sealed record PlannerMemory
{
    public static PlannerMemory Empty { get; } = new();

    /// <summary>By group id.</summary>
    public ImmutableSortedDictionary<int, GroupMemory> Groups { get; init; } =
        ImmutableSortedDictionary<int, GroupMemory>.Empty;
}
