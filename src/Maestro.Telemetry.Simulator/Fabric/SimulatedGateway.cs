using Maestro.Telemetry.Simulator.Scenarios;

namespace Maestro.Telemetry.Simulator.Fabric;

/// <summary>One SGM at one moment.</summary>
public sealed record SimulatedGateway
{
    public required string Serial { get; init; }

    public required int Site { get; init; }

    public required ScenarioModel Model { get; init; }

    /// <summary>The deployed Security Group; 0 when free.</summary>
    public required int Group { get; init; }

    /// <summary>Where an apply would put it; the same as <see cref="Group"/> when nothing is staged.</summary>
    public required int PendingGroup { get; init; }

    /// <summary>Its number inside the group, from 1; 0 when free.</summary>
    public required int MemberId { get; init; }

    public required SgmState State { get; init; }

    public required string Description { get; init; }

    public required string PendingDescription { get; init; }

    /// <summary>Whether it is the group's SMO: the ACTIVE member with the lowest number.</summary>
    public bool IsSmo { get; init; }

    public bool HasPendingChange => PendingGroup != Group || PendingDescription != Description;
}
