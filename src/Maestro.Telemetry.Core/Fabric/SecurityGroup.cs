namespace Maestro.Telemetry.Fabric;

/// <summary>A Security Group as the Orchestrator has it deployed. Null means not known.</summary>
public sealed record SecurityGroup
{
    public required SecurityGroupId Id { get; init; }

    public required string Name { get; init; }

    /// <summary>How it shares its work over sites. While that is not known, every site counts as serving.</summary>
    public ClusteringMode? Mode { get; init; }

    /// <summary>True for a VSX group.</summary>
    public bool? IsVsx { get; init; }

    /// <summary>Whether the SMO hands its software to SGMs that join (SMO Image Cloning).</summary>
    public bool? ImageCloning { get; init; }

    /// <summary>The Jumbo Hotfix take of its members.</summary>
    public int? Take { get; init; }

    /// <summary>Bits per second that its uplinks can receive together; above 0.</summary>
    public double? LineRate { get; init; }

    /// <summary>True when one site serves at a time and the other stands by.</summary>
    public bool HasStandbySite => Mode is ClusteringMode.ActiveStandby or ClusteringMode.VsxActiveStandby;

    /// <summary>
    /// The site that serves while the others stand by: where most members are ACTIVE. Null when all sites serve.
    /// </summary>
    /// <param name="members">The group's members, whatever their state.</param>
    public SiteId? ServingSiteOf(IReadOnlyCollection<Gateway> members) =>
        HasStandbySite && members.Count > 0
            ? members
                .GroupBy(m => m.Site)
                .OrderByDescending(s => s.Count(m => m.State == MemberState.Active))
                .ThenBy(s => s.Key)
                .First().Key
            : null;
}
