using System.Globalization;
using System.Text.Json.Nodes;
using Maestro.Telemetry.Simulator.Scenarios;

namespace Maestro.Telemetry.Simulator.Orchestrators;

/// <summary>The ports of one Orchestrator: an uplink a group, a downlink an SGM of its site, and the syncs.</summary>
internal static class GaiaPorts
{
    private const int FirstDownlink = 9;
    private const int SiteSync = 47;
    private const int InternalSync = 48;

    // A steady rate, so that the counters grow as counters do.
    private const double FramesPerSecond = 250_000;

    public static JsonArray Of(Scenario scenario, string orchestrator, int site, DateTimeOffset now)
    {
        var unit = 1 + scenario.Sites.First(s => s.Id == site).Orchestrators.ToList().IndexOf(orchestrator);
        var frames = (long)(Math.Max(0, (now - scenario.Start).TotalSeconds) * FramesPerSecond);
        var ports = new JsonArray();
        foreach (var group in scenario.Groups.Where(g => g.Id < FirstDownlink))
        {
            ports.Add(Port(group.Id, "uplink", "100G", [group.Id]));
        }

        var downlinks = Math.Min(scenario.Gateways.Count(g => g.Site == site), SiteSync - FirstDownlink);
        for (var index = 0; index < downlinks; index++)
        {
            ports.Add(Port(FirstDownlink + index, "downlink", "100G", []));
        }

        ports.Add(Port(SiteSync, "site_sync", scenario.SyncSpeed, []));
        ports.Add(Port(InternalSync, "ssm_sync", scenario.SyncSpeed, []));
        return ports;

        JsonObject Port(int number, string type, string speed, int[] groups) => new()
        {
            ["id"] = string.Create(CultureInfo.InvariantCulture, $"{unit}/{number}/1"),
            ["site"] = site,
            ["interface-name"] = string.Create(CultureInfo.InvariantCulture, $"eth{unit}-{number:00}"),
            ["type"] = type,
            ["qsfp-mode"] = speed,
            ["enabled"] = true,
            ["link-state"] = true,
            ["auto-negotiation"] = true,
            ["transceiver-state"] = "PLUGGED",
            ["operating-speed"] = speed,
            ["mtu"] = 10_240,
            ["rx-frames"] = frames,
            ["tx-frames"] = frames,
            ["orchestrator-id"] = new JsonArray([.. groups.Select(g => (JsonNode)g)]),
        };
    }
}
