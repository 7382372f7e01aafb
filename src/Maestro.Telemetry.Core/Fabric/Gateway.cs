namespace Maestro.Telemetry.Fabric;

/// <summary>One SGM as the Orchestrator has it deployed. Null means not known, where a property does not say else.</summary>
public sealed record Gateway
{
    public required GatewaySerial Serial { get; init; }

    public required SiteId Site { get; init; }

    /// <summary>The group it is a member of; null when it is free.</summary>
    public SecurityGroupId? Group { get; init; }

    /// <summary>Its number inside the group; null when it is free.</summary>
    public int? MemberId { get; init; }

    public required ApplianceModel Model { get; init; }

    public required Release Release { get; init; }

    public MemberState State { get; init; }

    /// <summary>False when it has no valid licence; such an SGM is never a candidate.</summary>
    public bool? Licensed { get; init; }

    /// <summary>False when its sync address does not match the SKU of the appliance; never a candidate either.</summary>
    public bool? SyncAddressMatches { get; init; }

    public UpgradeState? Upgrade { get; init; }
}
