using System.Text.Json.Nodes;

namespace Maestro.Telemetry.IntegrationTests.Dashboards;

/// <summary>The files below grafana/.</summary>
internal static class DashboardFiles
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "grafana");

    public static IEnumerable<string> Dashboards => Directory.EnumerateFiles(
        Path.Combine(Folder, "dashboards"), "*.json").Order(StringComparer.Ordinal);

    public static JsonObject Read(string path) => JsonNode.Parse(File.ReadAllText(path))!.AsObject();

    /// <summary>Panels of a dashboard that show something.</summary>
    public static IEnumerable<JsonObject> Panels(JsonObject dashboard) =>
        dashboard["panels"]!.AsArray().Select(p => p!.AsObject()).Where(p => Text(p, "type") != "row");

    public static IEnumerable<JsonObject> Rules() => Read(Path.Combine(Folder, "provisioning", "alerting", "maestro.json"))
        ["groups"]!.AsArray().SelectMany(g => g!["rules"]!.AsArray()).Select(r => r!.AsObject());

    public static string Text(JsonNode node, string name) => node[name]?.GetValue<string>() ?? "";
}
