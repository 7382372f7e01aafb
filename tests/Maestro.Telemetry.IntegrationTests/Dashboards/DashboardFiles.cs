using System.Text.Json.Nodes;

namespace Maestro.Telemetry.IntegrationTests.Dashboards;

/// <summary>The files below grafana/.</summary>
internal static class DashboardFiles
{
    public static string Folder { get; } = Find();

    public static IEnumerable<string> Dashboards => Directory.EnumerateFiles(
        Path.Combine(Folder, "dashboards"), "*.json").Order(StringComparer.Ordinal);

    public static JsonObject Read(string path) => JsonNode.Parse(File.ReadAllText(path))!.AsObject();

    /// <summary>Panels of a dashboard that show something.</summary>
    public static IEnumerable<JsonObject> Panels(JsonObject dashboard) =>
        dashboard["panels"]!.AsArray().Select(p => p!.AsObject()).Where(p => Text(p, "type") != "row");

    public static IEnumerable<JsonObject> Rules() => Read(Path.Combine(Folder, "provisioning", "alerting", "maestro.json"))
        ["groups"]!.AsArray().SelectMany(g => g!["rules"]!.AsArray()).Select(r => r!.AsObject());

    public static string Text(JsonNode node, string name) => node[name]?.GetValue<string>() ?? "";

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Maestro.Telemetry.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException("The repository was not found."), "grafana");
    }
}
