namespace Maestro.Telemetry.Fabric;

/// <summary>The caps of the fabric. Configuration, because later releases may change them.</summary>
public sealed record FabricLimits
{
    /// <summary>SGMs of one Security Group on one site.</summary>
    /// <value>The default is 14; at least 1.</value>
    public int MaxMembersPerSite { get; init; } = 14;

    /// <summary>SGMs of one Security Group over all sites.</summary>
    /// <value>The default is 28; at least 1.</value>
    public int MaxMembersPerGroup { get; init; } = 28;
}
