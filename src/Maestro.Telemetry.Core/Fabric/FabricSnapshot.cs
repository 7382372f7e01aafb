using System.Collections.Immutable;

namespace Maestro.Telemetry.Fabric;

/// <summary>The deployed topology at one moment. SGMs are unique by serial, so none can be in two groups.</summary>
public sealed class FabricSnapshot
{
    private readonly Dictionary<GatewaySerial, Gateway> _bySerial = [];
    private readonly Dictionary<SecurityGroupId, SecurityGroup> _byId = [];
    private readonly ILookup<SecurityGroupId, Gateway> _members;

    /// <exception cref="ArgumentException">A serial number occurs twice.</exception>
    public FabricSnapshot(
        DateTimeOffset readAt,
        IEnumerable<SecurityGroup> groups,
        IEnumerable<Gateway> gateways,
        IEnumerable<OrchestratorStatus>? orchestrators = null,
        IEnumerable<PendingChange>? pendingChanges = null)
    {
        ReadAt = readAt;
        Groups = [.. groups.OrderBy(g => g.Id)];
        Gateways = [.. gateways.OrderBy(g => g.Serial.Value, StringComparer.Ordinal)];
        Orchestrators = [.. orchestrators ?? []];
        PendingChanges = [.. pendingChanges ?? []];
        foreach (var gateway in Gateways)
        {
            if (!_bySerial.TryAdd(gateway.Serial, gateway))
            {
                throw new ArgumentException($"The SGM {gateway.Serial} occurs twice; a serial number is unique.");
            }
        }

        foreach (var group in Groups)
        {
            _byId.TryAdd(group.Id, group);
        }

        _members = Gateways.Where(g => g.Group is not null).ToLookup(g => g.Group!.Value);
        Sites = [.. Gateways.Select(g => g.Site).Concat(Orchestrators.Select(o => o.Site)).Distinct().Order()];
    }

    public static FabricSnapshot Empty { get; } = new(DateTimeOffset.MinValue, [], []);

    public DateTimeOffset ReadAt { get; }

    /// <summary>Ordered by id.</summary>
    public ImmutableArray<SecurityGroup> Groups { get; }

    /// <summary>Ordered by serial.</summary>
    public ImmutableArray<Gateway> Gateways { get; }

    public ImmutableArray<OrchestratorStatus> Orchestrators { get; }

    /// <summary>Staged and not applied, whoever staged it.</summary>
    public ImmutableArray<PendingChange> PendingChanges { get; }

    /// <summary>Every site on which something stands, in order; there may be any number.</summary>
    public ImmutableArray<SiteId> Sites { get; }

    public Gateway? Find(GatewaySerial serial) => _bySerial.GetValueOrDefault(serial);

    public SecurityGroup? Find(SecurityGroupId id) => _byId.GetValueOrDefault(id);

    /// <summary>Ordered by serial.</summary>
    public IEnumerable<Gateway> MembersOf(SecurityGroupId id) => _members[id];

    /// <summary>The group's SMO: its ACTIVE member with the lowest member id. Null when there is none.</summary>
    public Gateway? SmoOf(SecurityGroupId id) => MembersOf(id)
        .Where(m => m.State == MemberState.Active)
        .OrderBy(m => m.MemberId ?? int.MaxValue)
        .ThenBy(m => m.Site)
        .FirstOrDefault();

    public IEnumerable<Gateway> Pool => Gateways.Where(g => g.Group is null);
}
