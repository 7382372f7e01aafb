using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Maestro.Telemetry.Simulator.Fabric;

/// <summary>The whole fabric at one moment: deployed topology, staged changes and states.</summary>
public sealed class FabricView
{
    private readonly FrozenDictionary<string, SimulatedGateway> _bySerial;
    private readonly FrozenDictionary<int, ImmutableArray<SimulatedGateway>> _active;

    internal FabricView(
        DateTimeOffset time, DateTimeOffset validUntil, long version, IEnumerable<SimulatedGateway> gateways)
    {
        Time = time;
        ValidUntil = validUntil;
        Version = version;
        Gateways = [.. gateways];
        _bySerial = Gateways.ToFrozenDictionary(g => g.Serial, StringComparer.Ordinal);
        _active = Gateways.Where(g => g.State == SgmState.Active)
            .GroupBy(g => g.Group)
            .ToFrozenDictionary(g => g.Key, g => g.ToImmutableArray());
    }

    public DateTimeOffset Time { get; }

    /// <summary>Grows with each deployed change, staged change and fault.</summary>
    public long Version { get; }

    /// <summary>In the order of the scenario.</summary>
    public ImmutableArray<SimulatedGateway> Gateways { get; }

    /// <summary>SGMs whose staged place is not their deployed one.</summary>
    public IEnumerable<SimulatedGateway> Pending => Gateways.Where(g => g.HasPendingChange);

    /// <summary>Free SGMs.</summary>
    public IEnumerable<SimulatedGateway> Pool => Gateways.Where(g => g.Group == 0);

    /// <summary>Until when no state changes by time alone.</summary>
    internal DateTimeOffset ValidUntil { get; }

    public SimulatedGateway? Find(string serial) => _bySerial.GetValueOrDefault(serial);

    public IEnumerable<SimulatedGateway> MembersOf(int group) => Gateways.Where(g => g.Group == group);

    /// <summary>The members that carry the load of a group.</summary>
    public ImmutableArray<SimulatedGateway> ActiveOf(int group) =>
        _active.TryGetValue(group, out var members) ? members : [];
}
