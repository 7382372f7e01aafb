using System.Collections.Immutable;
using System.Text.Json;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Gaia.Contracts;

namespace Maestro.Telemetry.Gaia;

/// <summary>
/// What an apply would deploy: where the pending topology differs from the deployed one in what an administrator sets.
/// Derived values (states, member numbers, the sites of a group) differ by themselves and do not count.
/// </summary>
internal static class TopologyDifference
{
    public static ImmutableArray<PendingChange> Between(Topology deployed, Topology pending) =>
        [.. GroupChanges(deployed, pending), .. GatewayChanges(deployed, pending)];

    private static IEnumerable<PendingChange> GroupChanges(Topology deployed, Topology pending)
    {
        foreach (var id in deployed.Groups.Keys.Union(pending.Groups.Keys).Order())
        {
            var now = deployed.Groups.GetValueOrDefault(id);
            var then = pending.Groups.GetValueOrDefault(id);
            var what = (now, then) switch
            {
                (null, _) => "is to be created",
                (_, null) => "is to be deleted",
                _ => PropertyChange(now, then),
            };
            if (what is not null)
            {
                yield return new(
                    Serial: null, now is null ? null : id, then is null ? null : id, $"Security Group {id} {what}.");
            }
        }
    }

    private static string? PropertyChange(SecurityGroupContract now, SecurityGroupContract then)
    {
        (string Name, bool Same)[] properties =
        [
            ("description", SameText(now.Description, then.Description)),
            ("interfaces", Same(now.Interfaces, then.Interfaces)),
            ("mgmt-connectivity", Same(now.MgmtConnectivity, then.MgmtConnectivity)),
            ("mgmt-interface-settings", Same(now.MgmtInterfaceSettings, then.MgmtInterfaceSettings)),
            ("sites", SameSites(now.Sites ?? [], then.Sites ?? [])),
        ];
        var changed = properties.Where(p => !p.Same).Select(p => p.Name).ToArray();
        return changed.Length == 0 ? null : $"is to change in {string.Join(", ", changed)}";
    }

    private static IEnumerable<PendingChange> GatewayChanges(Topology deployed, Topology pending)
    {
        var serials = deployed.Gateways.Keys.Union(pending.Gateways.Keys);
        foreach (var serial in serials.OrderBy(s => s.Value, StringComparer.Ordinal))
        {
            var (now, then) = (deployed.GroupOf(serial), pending.GroupOf(serial));
            if (now != then)
            {
                yield return new(serial, now, then, $"SGM {serial} is to go from {Place(now)} to {Place(then)}.");
            }
            else if (deployed.Gateways.TryGetValue(serial, out var gateway)
                && pending.Gateways.TryGetValue(serial, out var staged)
                && !SameText(gateway.Contract.Description, staged.Contract.Description))
            {
                yield return new(serial, now, then, $"SGM {serial} is to change in description.");
            }
        }
    }

    private static string Place(SecurityGroupId? group) => group is { } id ? $"Security Group {id}" : "the pool";

    private static bool SameText(string? left, string? right) =>
        string.Equals(left ?? "", right ?? "", StringComparison.Ordinal);

    // A group is on the sites of its gateways, so only what is said about a site in both topologies is compared.
    private static bool SameSites(SiteContract[] now, SiteContract[] then) =>
        now.Join(then, s => s.Id, s => s.Id, (a, b) => SameText(a.Description, b.Description)).All(same => same);

    private static bool Same(JsonElement left, JsonElement right)
    {
        if (IsEmpty(left) || IsEmpty(right))
        {
            return IsEmpty(left) && IsEmpty(right);
        }

        if (left.ValueKind != JsonValueKind.Array || right.ValueKind != JsonValueKind.Array)
        {
            return JsonElement.DeepEquals(left, right);
        }

        // The order of interfaces says nothing.
        var rest = right.EnumerateArray().ToList();
        return left.GetArrayLength() == rest.Count && left.EnumerateArray().All(item =>
        {
            var at = rest.FindIndex(other => JsonElement.DeepEquals(item, other));
            if (at >= 0)
            {
                rest.RemoveAt(at);
            }

            return at >= 0;
        });
    }

    private static bool IsEmpty(JsonElement element) =>
        element.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null
        || (element.ValueKind == JsonValueKind.Array && element.GetArrayLength() == 0);
}
