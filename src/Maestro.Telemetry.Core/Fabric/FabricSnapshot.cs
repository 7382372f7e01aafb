using System.Collections.Immutable;

namespace Maestro.Telemetry.Fabric;

/// <summary>The deployed topology at one moment. SGMs are unique by serial, so none can be in two groups.</summary>
public sealed class FabricSnapshot
{
    private readonly Dictionary<GatewaySerial, Gateway> _bySerial = [];

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

    public Gateway? Find(GatewaySerial serial) => _bySerial.GetValueOrDefault(serial);

    public SecurityGroup? Find(SecurityGroupId id) => Groups.FirstOrDefault(g => g.Id == id);

    public IEnumerable<Gateway> MembersOf(SecurityGroupId id) => Gateways.Where(g => g.Group == id);

    public IEnumerable<Gateway> Pool => Gateways.Where(g => g.Group is null);
}
