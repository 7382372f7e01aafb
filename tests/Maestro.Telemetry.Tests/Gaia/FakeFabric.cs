using System.Text.Json.Nodes;

namespace Maestro.Telemetry.Tests.Orchestration;

/// <summary>
/// The topology that the Orchestrators of one environment share: a deployed and a pending state, and a record of what
/// was done to them. Without faults of its own.
/// </summary>
internal sealed class FakeFabric
{
    public const string FtwPassword = "ftw-Pa55word";

    /// <summary>Serial to group; 0 is the pool.</summary>
    public Dictionary<string, int> Deployed { get; } = new(StringComparer.Ordinal)
    {
        ["A1"] = 1,
        ["A2"] = 1,
        ["B1"] = 2,
        ["B2"] = 2,
        ["F1"] = 0,
        ["F2"] = 0,
    };

    public Dictionary<string, int> Pending { get; private set; } = new(StringComparer.Ordinal);

    /// <summary>Description by group.</summary>
    public Dictionary<int, string> Groups { get; } = new() { [1] = "Edge", [2] = "Core" };

    public Dictionary<int, string>? PendingGroups { get; set; }

    /// <summary>Every change of a deployed assignment, in order.</summary>
    public List<string> Moves { get; } = [];

    public int Sets { get; set; }

    public int Applies { get; set; }

    public int Discards { get; set; }

    /// <summary>Makes a listing say what no fabric should.</summary>
    public Action<JsonObject>? Distort { get; set; }

    public FakeFabric() => Pending = new(Deployed, StringComparer.Ordinal);

    public JsonObject Set(string serial, int group)
    {
        Sets++;
        Pending[serial] = group;
        return Gateway(serial, Pending);
    }

    public JsonObject Apply()
    {
        Applies++;
        foreach (var (serial, group) in Pending)
        {
            if (Deployed[serial] != group)
            {
                Moves.Add($"{serial}:{Deployed[serial]}>{group}");
                Deployed[serial] = group;
            }
        }

        return ShowGroups(pending: false);
    }

    public JsonObject ShowGateways(bool pending)
    {
        var view = pending ? Pending : Deployed;
        JsonArray gateways = [.. view.Keys.Select(serial => Gateway(serial, view))];
        return Distorted(new() { ["gateways"] = gateways });
    }

    public JsonObject ShowGroups(bool pending)
    {
        var view = pending ? Pending : Deployed;
        var groups = pending ? PendingGroups ?? Groups : Groups;
        JsonArray list = [.. groups.Select(g => Group(g.Key, g.Value, view))];
        return Distorted(new() { ["security-groups"] = list });
    }

    private JsonObject Distorted(JsonObject listing)
    {
        Distort?.Invoke(listing);
        return listing;
    }

    private static JsonObject Group(int id, string description, Dictionary<string, int> view) => new()
    {
        ["id"] = id,
        ["description"] = description,
        ["interfaces"] = new JsonArray(new JsonObject { ["id"] = "1/13/1", ["name"] = "eth1-05" }),
        ["gateways"] = new JsonArray([.. view.Where(v => v.Value == id).Select(v => Gateway(v.Key, view))]),
        ["ftw-configuration"] = new JsonObject { ["hostname"] = "sg", ["admin-password"] = FtwPassword },
        ["something-new"] = new JsonObject { ["nested"] = true },
    };

    private static JsonObject Gateway(string serial, Dictionary<string, int> view)
    {
        var group = view[serial];
        var gateway = new JsonObject
        {
            ["id"] = serial,
            ["site"] = serial.EndsWith('2') ? 2 : 1,
            ["model"] = "Check Point 16200",
            ["version"] = new JsonObject { ["major"] = "R81.20" },
            ["state"] = group == 0 ? "UNASSIGNED" : "ACTIVE",
            ["description"] = "",
        };
        if (group != 0)
        {
            gateway["security-group"] = group;
            gateway["member-id"] = 1 + view.Count(v => v.Value == group && string.CompareOrdinal(v.Key, serial) < 0);
        }

        return gateway;
    }
}
