using System.Globalization;
using System.Text.Json.Nodes;
using Maestro.Telemetry.Simulator.Fabric;
using Maestro.Telemetry.Simulator.Scenarios;

namespace Maestro.Telemetry.Simulator.Orchestrators;

/// <summary>The objects of the Gaia API, with the vendor's keys.</summary>
internal static class GaiaJson
{
    public static JsonObject Time(DateTimeOffset time) => new()
    {
        ["posix"] = time.ToUnixTimeMilliseconds(),
        ["iso-8601"] = time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
    };

    public static JsonObject Gateway(Scenario scenario, SimulatedGateway gateway, bool pending)
    {
        var group = GroupOf(gateway, pending);
        var result = new JsonObject { ["id"] = gateway.Serial, ["site"] = gateway.Site };
        if (group != 0)
        {
            result["security-group"] = group;
        }

        // A member gets its number when it is deployed, not when it is staged.
        if (group != 0 && group == gateway.Group)
        {
            result["member-id"] = gateway.MemberId;
        }

        result["model"] = gateway.Model.Name;
        result["version"] = new JsonObject { ["major"] = scenario.Release };
        result["downlink-ports"] = Downlinks(scenario, gateway);
        result["description"] = pending ? gateway.PendingDescription : gateway.Description;
        result["state"] = gateway.State.ToString().ToUpperInvariant();
        if (group != 0)
        {
            // The vendor's default weight of a member is its number of cores.
            result["weight"] = gateway.Model.Cores;
        }

        return result;
    }

    public static JsonObject Group(Scenario scenario, ScenarioGroup group, FabricView view, bool pending)
    {
        var members = view.Gateways.Where(g => GroupOf(g, pending) == group.Id).OrderBy(g => g.MemberId).ToList();
        var number = group.Id.ToString(CultureInfo.InvariantCulture);
        return new()
        {
            ["id"] = group.Id,
            ["interfaces"] = new JsonArray(
                Interface($"1/{group.Id}/1", $"eth1-Mgmt{Math.Min(group.Id, 4)}"),
                Interface($"1/{group.Id + 8}/1", $"eth1-{group.Id + 8:00}")),
            ["gateways"] = new JsonArray([.. members.Select(m => (JsonNode)Gateway(scenario, m, pending))]),
            ["sites"] = new JsonArray([.. members.Select(m => m.Site).Distinct().Order()
                .Select(site => (JsonNode)new JsonObject { ["id"] = site, ["description"] = "" })]),
            ["ftw-configuration"] = new JsonObject
            {
                ["hostname"] = group.Name,
                ["is-vsx"] = group.IsVsx,

                // The vendor's reply can carry these; a client must neither log nor keep them.
                ["one-time-password"] = "simulated-otp-" + number,
                ["admin-password"] = "simulated-admin-password-" + number,
            },
            ["mgmt-connectivity"] = new JsonObject
            {
                ["ipv4-address"] = "192.0.2." + number,
                ["ipv4-mask-length"] = 24,
                ["default-gateway"] = "192.0.2.254",
            },
            ["mgmt-interface-settings"] = new JsonObject
            {
                ["create-mgmt-as-bond"] = true,
                ["bond-mode"] = "active-backup",
            },
            ["description"] = group.Name,
        };
    }

    public static JsonObject Site(Scenario scenario, ScenarioSite site, FabricView view, bool pending) => new()
    {
        ["site-id"] = site.Id,
        ["descriptions"] = new JsonArray([.. scenario.Groups.Select(g => (JsonNode)new JsonObject
        {
            ["security-group"] = g.Id,
            ["description"] = g.Name,
        })]),
        ["gateways"] = new JsonArray([.. view.Gateways.Where(g => g.Site == site.Id)
            .Select(g => (JsonNode)Gateway(scenario, g, pending))]),
    };

    private static int GroupOf(SimulatedGateway gateway, bool pending) =>
        pending ? gateway.PendingGroup : gateway.Group;

    private static JsonObject Interface(string id, string name) => new()
    {
        ["id"] = id,
        ["name"] = name,
        ["description"] = "",
        ["vlans"] = new JsonArray(),
    };

    // Every SGM is cabled to both Orchestrators of its site, at the same port.
    private static JsonArray Downlinks(Scenario scenario, SimulatedGateway gateway)
    {
        var port = 9 + scenario.Gateways.Where(g => g.Site == gateway.Site).Select(g => g.Serial).ToList()
            .IndexOf(gateway.Serial);
        var site = scenario.Sites.First(s => s.Id == gateway.Site);
        return new([.. site.Orchestrators.Select((id, index) => (JsonNode)new JsonObject
        {
            ["orchestrator-id"] = id,
            ["port"] = string.Create(CultureInfo.InvariantCulture, $"{index + 1}/{port}/1"),
        })]);
    }
}
