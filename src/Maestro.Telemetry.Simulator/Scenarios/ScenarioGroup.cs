using Maestro.Telemetry.Simulator.Load;

namespace Maestro.Telemetry.Simulator.Scenarios;

/// <summary>A Security Group of a scenario.</summary>
public sealed record ScenarioGroup
{
    /// <summary>From 1.</summary>
    public required int Id { get; init; }

    public required string Name { get; init; }

    /// <summary>1 is the most important.</summary>
    public int Priority { get; init; } = 1;

    /// <summary>Members below which the observer reports a breach; 0 when there is no minimum.</summary>
    public int MinMembers { get; init; }

    /// <summary>Whether the Orchestrators call it a VSX group.</summary>
    public bool IsVsx { get; init; }

    public required DemandProfile Demand { get; init; }
}
