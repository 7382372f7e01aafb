using System.Text.Json.Nodes;
using Maestro.Telemetry.IntegrationTests.Storage;
using Maestro.Telemetry.IntegrationTests.Support;

namespace Maestro.Telemetry.IntegrationTests.Dashboards;

[Trait("Category", "Dashboards")]
public sealed class DashboardFileTests
{
    private const string DataSource = "maestro-influxdb";

    // The last of Grafana's classic model; newer releases read it as it is.
    private const int SchemaVersion = 42;

    public static TheoryData<string> Boards =>
        [.. DashboardFiles.Dashboards.Select(f => Path.GetFileNameWithoutExtension(f)!)];

    /// <summary>The source is typed by Grafana's own foundation SDK, so that what compiles has the schema's form.</summary>
    [Fact]
    public async Task Files_AreThoseOfTheTypedSource()
    {
        using var built = new TemporaryDirectory();
        await RunAsync("npx", "tsc", "-p", ".", "--outDir", built.File("js"));
        File.WriteAllText(built.File("package.json"), """{"type":"module"}""");
        Directory.CreateSymbolicLink(built.File("node_modules"), Path.Combine(DashboardFiles.Folder, "node_modules"));
        await RunAsync("node", built.File("js/main.js"), built.File("out"));

        foreach (var file in Directory.EnumerateFiles(built.File("out"), "*.json", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(built.File("out"), file);
            Assert.Equal(
                await File.ReadAllTextAsync(file), await File.ReadAllTextAsync(Path.Combine(DashboardFiles.Folder, name)));
        }
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void Panels_HaveTitleDescriptionUnitOfTheirOwnAndTheVariableSource(string board)
    {
        var dashboard = DashboardFiles.Read(Path.Combine(DashboardFiles.Folder, "dashboards", $"{board}.json"));
        var panels = DashboardFiles.Panels(dashboard).ToList();

        Assert.Equal(SchemaVersion, dashboard["schemaVersion"]!.GetValue<int>());
        Assert.Equal(board, DashboardFiles.Text(dashboard, "uid"));
        Assert.Equal(panels.Count, panels.Select(p => p["id"]!.GetValue<int>()).Distinct().Count());
        Assert.All(panels, panel =>
        {
            Assert.NotEmpty(DashboardFiles.Text(panel, "title"));
            Assert.EndsWith(".", DashboardFiles.Text(panel, "description"), StringComparison.Ordinal);
            Assert.NotEmpty(panel["fieldConfig"]!["defaults"]!["thresholds"]!["steps"]!.AsArray());
            Assert.Equal("${datasource}", DashboardFiles.Text(panel["datasource"]!, "uid"));
            Assert.All(panel["targets"]!.AsArray(), t => Assert.Equal("${datasource}", DashboardFiles.Text(t!["datasource"]!, "uid")));
        });
    }

    [Fact]
    public void Rules_HaveASourceThatIsProvisionedADashboardAndARunbook()
    {
        var runbooks = File.ReadAllText(Path.Combine(DashboardFiles.Folder, "..", "docs", "runbooks.md"));
        var anchors = runbooks.Split('\n')
            .Where(line => line.StartsWith("## ", StringComparison.Ordinal))
            .Select(line => line[3..].ToLowerInvariant().Replace(' ', '-'))
            .ToList();
        var boards = DashboardFiles.Dashboards.Select(f => Path.GetFileNameWithoutExtension(f)!).ToList();
        var sources = Directory.EnumerateFiles(Path.Combine(DashboardFiles.Folder, "datasources"), "*.yaml").ToList();

        Assert.All(sources, s => Assert.Contains($"uid: {DataSource}", File.ReadAllText(s), StringComparison.Ordinal));
        Assert.All(DashboardFiles.Rules(), rule =>
        {
            Assert.Equal(DataSource, DashboardFiles.Text(rule["data"]![0]!, "datasourceUid"));
            var annotations = rule["annotations"]!;
            Assert.Contains(DashboardFiles.Text(annotations, "__dashboardUid__"), boards);
            Assert.Contains(DashboardFiles.Text(annotations, "runbook_url").Split('#')[1], anchors);
        });
    }

    private static Task<string> RunAsync(string command, params string[] arguments) =>
        Programs.RunAsync(command, arguments, workingDirectory: DashboardFiles.Folder);
}
