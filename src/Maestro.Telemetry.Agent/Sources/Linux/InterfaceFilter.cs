namespace Maestro.Telemetry.Agent;

/// <summary>Which interfaces count, so that no packet counts twice.</summary>
internal sealed class InterfaceFilter(IReadOnlyList<string> include)
{
    private static readonly string[] Duplicates =
    [
        "bond", "team", "br-", "virbr", "docker", "podman", "veth", "vnet", "tap", "tun", "ifb", "dummy", "vxlan",
        "geneve", "macvlan", "macvtap", "ipvlan", "wg", "cni", "flannel", "cali", "sit", "gre", "ip6tnl", "tunl",
    ];

    public bool Counts(string name)
    {
        if (include.Count > 0)
        {
            return include.Any(i => i.EndsWith('*')
                ? name.StartsWith(i[..^1], StringComparison.Ordinal)
                : string.Equals(name, i, StringComparison.Ordinal));
        }

        // A dot is the mark of a VLAN; br and a digit is a bridge.
        return name != "lo"
            && !name.Contains('.')
            && name is not ['b', 'r', >= '0' and <= '9', ..]
            && !Array.Exists(Duplicates, d => name.StartsWith(d, StringComparison.Ordinal));
    }
}
