using System.Collections.Immutable;
using System.Globalization;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Server.Configuration;

/// <summary>What the fabric is, beyond what the Orchestrators say.</summary>
public sealed class FabricOptions : ISection
{
    public static string SectionName => "Maestro:Fabric";

    /// <summary>A name for people.</summary>
    public string Name { get; set; } = "fabric";

    /// <summary>SGMs of one group on one site, at most.</summary>
    /// <value>The default is 14.</value>
    public int MaxMembersPerSite { get; set; } = new FabricLimits().MaxMembersPerSite;

    /// <summary>SGMs of one group over all sites, at most.</summary>
    /// <value>The default is 28.</value>
    public int MaxMembersPerGroup { get; set; } = new FabricLimits().MaxMembersPerGroup;

    /// <summary>Bits per second that a reference SGM carries; 0 means that it does not limit.</summary>
    public double UnitBitsPerSecond { get; set; }

    /// <summary>Concurrent connections that a reference SGM holds; 0 means that it does not limit.</summary>
    public double UnitConcurrentConnections { get; set; }

    /// <summary>New connections per second that a reference SGM takes; 0 means that it does not limit.</summary>
    public double UnitConnectionsPerSecond { get; set; }

    public List<GroupOptions> Groups { get; set; } = [];

    /// <summary>What the Orchestrators do not say of themselves.</summary>
    public List<StatedOrchestrator> Orchestrators { get; set; } = [];

    /// <summary>What the Orchestrators do not say of SGMs.</summary>
    public List<StatedGateway> Gateways { get; set; } = [];

    /// <summary>Models that may be in one group (sk162373). Other models are never mixed.</summary>
    public List<CertifiedMix> CertifiedMixes { get; set; } = [];

    /// <summary>Numbers of sites on which changes are made without asking although they have one Orchestrator.</summary>
    public List<int> EnforceWithOneOrchestrator { get; set; } = [];

    public FabricAllowances Allowances => new()
    {
        CertifiedMixes = [.. CertifiedMixes.Select(m => m.Models.ToImmutableArray())],
        EnforceWithOneOrchestrator = [.. EnforceWithOneOrchestrator.Select(s => new SiteId(s))],
    };

    public FabricLimits Limits => new()
    {
        MaxMembersPerSite = MaxMembersPerSite,
        MaxMembersPerGroup = MaxMembersPerGroup,
    };

    public void Check(SettingErrors errors)
    {
        errors.Required(nameof(Name), Name, "frankfurt");
        errors.Range(nameof(MaxMembersPerSite), MaxMembersPerSite, 1, 64);
        errors.Range(nameof(MaxMembersPerGroup), MaxMembersPerGroup, 1, 256);
        errors.Range(nameof(UnitBitsPerSecond), UnitBitsPerSecond, 0, 1e15);
        errors.Range(nameof(UnitConcurrentConnections), UnitConcurrentConnections, 0, 1e12);
        errors.Range(nameof(UnitConnectionsPerSecond), UnitConnectionsPerSecond, 0, 1e12);
        foreach (var (i, group) in Groups.Index())
        {
            group.Check(Key("Groups", i), Limits, errors);
        }

        CheckStated(errors);
        foreach (var twice in Groups.GroupBy(g => g.Id).Where(g => g.Count() > 1))
        {
            errors.Add("Groups", twice.Key, "this Id is given to more than one group; a group has one policy.");
        }
    }

    public ImmutableArray<ScalingPolicy> Policies(string version) => [.. Groups.Select(g => g.ToPolicy(version))];

    public ImmutableSortedDictionary<Resource, double> UnitCapacity()
    {
        var capacity = ImmutableSortedDictionary.CreateBuilder<Resource, double>();
        AddWhenSet(Resource.BitsPerSecond, UnitBitsPerSecond);
        AddWhenSet(Resource.ConcurrentConnections, UnitConcurrentConnections);
        AddWhenSet(Resource.ConnectionsPerSecond, UnitConnectionsPerSecond);
        return capacity.ToImmutable();

        void AddWhenSet(Resource resource, double value)
        {
            if (value > 0)
            {
                capacity[resource] = value;
            }
        }
    }

    private static string Key(string list, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{list}:{index}");

    private void CheckStated(SettingErrors errors)
    {
        foreach (var (i, orchestrator) in Orchestrators.Index())
        {
            orchestrator.Check(Key(nameof(Orchestrators), i), errors);
        }

        foreach (var (i, gateway) in Gateways.Index())
        {
            gateway.Check(Key(nameof(Gateways), i), errors);
        }

        foreach (var (i, mix) in CertifiedMixes.Index())
        {
            mix.Check(Key(nameof(CertifiedMixes), i), errors);
        }

        foreach (var (i, site) in EnforceWithOneOrchestrator.Index())
        {
            errors.Range(Key(nameof(EnforceWithOneOrchestrator), i), site, 1, 1_000);
        }

        foreach (var twice in Orchestrators.GroupBy(o => o.Id, StringComparer.Ordinal).Where(o => o.Count() > 1))
        {
            errors.Add(nameof(Orchestrators), twice.Key, "this Id occurs more than once; state all facts in one entry.");
        }

        foreach (var twice in Gateways.GroupBy(g => g.Serial, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            errors.Add(nameof(Gateways), twice.Key, "this Serial occurs more than once; state all facts in one entry.");
        }
    }
}
