using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Gaia.Contracts;

namespace Maestro.Telemetry.Gaia;

/// <summary>
/// Joins the list of groups and the list of gateways. The two are read one after the other, so they may contradict
/// each other for a moment; a gateway in two places is never accepted.
/// </summary>
internal sealed class TopologyBuilder
{
    private readonly Dictionary<SecurityGroupId, SecurityGroupContract> _groups = [];
    private readonly Dictionary<GatewaySerial, PlacedGateway> _gateways = [];
    private readonly Dictionary<GatewaySerial, PlacedGateway> _members = [];

    // Groups that list their gateways; a group that does not is known by its gateways only.
    private readonly HashSet<SecurityGroupId> _listing = [];

    private TopologyBuilder()
    {
    }

    /// <param name="problem">What contradicts what, with the serial or the group.</param>
    public static bool TryBuild(
        IEnumerable<SecurityGroupContract> groups,
        IEnumerable<GatewayContract> gateways,
        [NotNullWhen(true)] out Topology? topology,
        [NotNullWhen(false)] out string? problem)
    {
        var builder = new TopologyBuilder();
        problem = groups.Select(builder.AddGroup).FirstOrDefault(p => p is not null)
            ?? gateways.Select(builder.AddGateway).FirstOrDefault(p => p is not null)
            ?? builder.Join();
        topology = problem is null ? new(builder._groups, builder._gateways) : null;
        return problem is null;
    }

    private string? AddGroup(SecurityGroupContract contract)
    {
        if (contract.Id is not { } number || number < 1)
        {
            return $"A Security Group has the id '{Text(contract.Id)}'; ids are numbers from 1.";
        }

        var id = new SecurityGroupId(number);
        if (!_groups.TryAdd(id, contract))
        {
            return $"Security Group {id} is listed twice.";
        }

        if (contract.Gateways is not null)
        {
            _listing.Add(id);
        }

        return (contract.Gateways ?? []).Select(g => AddMember(id, g)).FirstOrDefault(p => p is not null);
    }

    private string? AddMember(SecurityGroupId id, GatewayContract contract)
    {
        if (string.IsNullOrWhiteSpace(contract.Id))
        {
            return $"Security Group {id} has a gateway without a serial number.";
        }

        var serial = new GatewaySerial(contract.Id);
        if (_members.TryGetValue(serial, out var before))
        {
            return before.Group == id
                ? $"The SGM {serial} is listed twice in Security Group {id}."
                : $"The SGM {serial} is listed in Security Groups {before.Group} and {id}.";
        }

        if (contract.SecurityGroup is > 0 and var said && said != id.Value)
        {
            return $"The SGM {serial} is listed in Security Group {id} and says it is in {Text(said)}.";
        }

        _members.Add(serial, new(serial, id, contract));
        return null;
    }

    private string? AddGateway(GatewayContract contract)
    {
        if (string.IsNullOrWhiteSpace(contract.Id))
        {
            return "A gateway has no serial number.";
        }

        var serial = new GatewaySerial(contract.Id);
        SecurityGroupId? group = contract.SecurityGroup is > 0 and var number ? new(number) : null;
        return contract.SecurityGroup < 0
            ? $"The SGM {serial} says it is in Security Group {Text(contract.SecurityGroup)}; ids are numbers from 1."
            : _gateways.TryAdd(serial, new(serial, group, contract)) ? null : $"The SGM {serial} is listed twice.";
    }

    private string? Join()
    {
        foreach (var gateway in _gateways.Values)
        {
            if (gateway.Group is { } group && !_groups.ContainsKey(group))
            {
                return $"The SGM {gateway.Serial} is in Security Group {group}, which is not in the list of groups.";
            }

            var listed = _members.GetValueOrDefault(gateway.Serial)?.Group;
            if (listed != gateway.Group && (listed is not null || _listing.Contains(gateway.Group!.Value)))
            {
                return $"The SGM {gateway.Serial} is in {Place(gateway.Group)} in the list of gateways and in "
                    + $"{Place(listed)} in the list of groups.";
            }
        }

        // A member that the list of gateways does not have, because its links are down for instance, is still a member.
        foreach (var (serial, member) in _members)
        {
            _gateways.TryAdd(serial, member);
        }

        return null;
    }

    private static string Place(SecurityGroupId? group) => group is { } id ? $"Security Group {id}" : "no Security Group";

    private static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
