using System.Collections.Immutable;

namespace Maestro.Telemetry.Fabric.Checks;

/// <summary>A Security Group with what the rules ask of its members.</summary>
internal sealed class GroupFacts
{
    public GroupFacts(FabricSnapshot fabric, SecurityGroup group)
    {
        Group = group;
        Members = [.. fabric.MembersOf(group.Id)];
        Sites = [.. Members.Select(m => m.Site).Distinct().Order()];
        Models = [.. Members
            .Select(m => m.Model.Name)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.OrdinalIgnoreCase)];
        Releases = [.. Members.Select(m => m.Release).Where(r => r.IsKnown).Distinct().Order()];
        Smo = fabric.SmoOf(group.Id);
    }

    public SecurityGroup Group { get; }

    public ImmutableArray<Gateway> Members { get; }

    public ImmutableArray<SiteId> Sites { get; }

    public ImmutableArray<string> Models { get; }

    /// <summary>The releases that are known, lowest first.</summary>
    public ImmutableArray<Release> Releases { get; }

    public Gateway? Smo { get; }

    public bool IsUpgrading => Members.Any(m => m.Upgrade == UpgradeState.InProgress);

    public int CountOn(SiteId site) => Members.Count(m => m.Site == site);

    public double UnitsOn(SiteId site) => Members.Where(m => m.Site == site).Sum(m => m.Model.Weight);
}
