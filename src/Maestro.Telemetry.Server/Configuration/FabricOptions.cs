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
        for (var i = 0; i < Groups.Count; i++)
        {
            Groups[i].Check(string.Create(CultureInfo.InvariantCulture, $"Groups:{i}"), Limits, errors);
        }

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
}
