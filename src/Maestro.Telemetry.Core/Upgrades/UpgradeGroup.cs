using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Upgrades;

/// <summary>A group as an upgrade finds it: who carries its work, and on which sites.</summary>
internal sealed class UpgradeGroup
{
    public UpgradeGroup(UpgradeInput input, SecurityGroup group, IEnumerable<Gateway>? joining = null)
    {
        Group = group;
        Policy = input.Policies.FirstOrDefault(p => p.Group == group.Id);
        var leaving = input.Commands
            .Where(c => c.IsInFlight && c.From == group.Id)
            .Select(c => c.Serial)
            .ToHashSet();
        ImmutableArray<Gateway> members = [.. input.Fabric.MembersOf(group.Id).Where(m => !leaving.Contains(m.Serial))];

        ServingSite = group.ServingSiteOf(members);
        Members = [.. members, .. joining ?? []];
        Sites = [.. Members.Select(m => m.Site).Distinct().Order()];
        Ready = [.. Members.Where(IsReady)];
        Failures = input.Failures ?? Policy?.SurviveFailures ?? 0;
    }

    public SecurityGroup Group { get; }

    /// <summary>Null for a group that nobody set a policy for.</summary>
    public ScalingPolicy? Policy { get; }

    /// <summary>Without those that are about to leave.</summary>
    public ImmutableArray<Gateway> Members { get; }

    /// <summary>Members as they should be: ACTIVE, or standing by on a site that stands by.</summary>
    public ImmutableArray<Gateway> Ready { get; }

    public ImmutableArray<SiteId> Sites { get; }

    /// <summary>The site that serves when the others only stand by; null when all sites serve.</summary>
    public SiteId? ServingSite { get; }

    public int Failures { get; }

    /// <summary>True for a group that is made to survive the loss of a site: S17, S18, S19.</summary>
    public bool IsSizedForSiteLoss => Sites.Length > 1 && SiteRule is not null;

    /// <summary>The rule that the mode of the group stands for; null when it says nothing of the loss of a site.</summary>
    public string? SiteRule => Group.Mode switch
    {
        ClusteringMode.ActiveStandby => "S17",
        ClusteringMode.VsxActiveStandby => "S18",
        ClusteringMode.Vsls => "S19",
        _ => null,
    };

    public bool Serves(SiteId site) => ServingSite is null || ServingSite == site;

    private bool IsReady(Gateway member) =>
        member.State == MemberState.Active
        || (!Serves(member.Site) && member.State is (MemberState.Standby or MemberState.Backup));
}
