using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace Maestro.Telemetry.IntegrationTests.Dashboards;

/// <summary>Every query of every panel, variable, annotation and alert rule, asked of a real InfluxDB.</summary>
[Trait("Category", "Dashboards")]
public sealed partial class DashboardQueryTests(FilledInflux filled, ITestOutputHelper output)
    : IClassFixture<FilledInflux>
{
    private static readonly TimeSpan Before = TimeSpan.FromHours(12);
    private static readonly TimeSpan After = TimeSpan.FromHours(6);

    public static TheoryData<string> Boards =>
        [.. DashboardFiles.Dashboards.Select(f => Path.GetFileNameWithoutExtension(f)!)];

    public static TheoryData<string> Alerts =>
        [.. DashboardFiles.Rules().Select(r => DashboardFiles.Text(r, "title"))];

    [Theory]
    [MemberData(nameof(Boards))]
    public async Task Panel_OverAFabricThatWasSimulated_HasRowsWithItsColumns(string board)
    {
        var dashboard = Load(board);
        var variables = await VariablesAsync(dashboard);
        var empty = new List<string>();
        foreach (var panel in DashboardFiles.Panels(dashboard))
        {
            foreach (var target in panel["targets"]!.AsArray())
            {
                var query = Substitute(DashboardFiles.Text(target!, "query"), variables);
                var rows = await filled.Ask.QueryAsync(query);
                var name = $"{DashboardFiles.Text(dashboard, "title")} / {DashboardFiles.Text(panel, "title")}";
                output.WriteLine($"{name} {DashboardFiles.Text(target!, "refId")}: {rows.Count} rows");
                if (Missing(target!, query, rows) is [_, ..] missing)
                {
                    empty.Add($"{name}: no {string.Join(", ", missing)} for {query}");
                }
            }
        }

        Assert.True(empty.Count == 0, string.Join(Environment.NewLine, empty));
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public async Task Annotation_OverAFabricThatWasSimulated_HasItsText(string board)
    {
        var dashboard = Load(board);
        var variables = await VariablesAsync(dashboard);
        foreach (var annotation in dashboard["annotations"]?["list"]?.AsArray() ?? [])
        {
            var rows = await filled.Ask.QueryAsync(Substitute(DashboardFiles.Text(annotation!, "query"), variables));

            Assert.NotEmpty(rows);
            Assert.All(rows, r => Assert.NotNull(r[DashboardFiles.Text(annotation!, "textColumn")]));
        }
    }

    [Theory]
    [MemberData(nameof(Alerts))]
    public async Task Alert_OverAFabricThatWasSimulated_HasValues(string title)
    {
        var rule = DashboardFiles.Rules().Single(r => DashboardFiles.Text(r, "title") == title);
        var query = Substitute(DashboardFiles.Text(rule["data"]![0]!["model"]!, "query"), []);

        var rows = await filled.Ask.QueryAsync(query);

        output.WriteLine($"alert / {title}: {rows.Count} rows");
        Assert.Contains(rows, r => r.Any(column => column.Key != "time" && IsNumber(column.Value)));
    }

    private static JsonObject Load(string board) =>
        DashboardFiles.Read(Path.Combine(DashboardFiles.Folder, "dashboards", $"{board}.json"));

    /// <summary>What of the columns that a query asks for has no value in any row.</summary>
    private static List<string> Missing(JsonNode target, string query, List<Dictionary<string, string?>> rows)
    {
        if (DashboardFiles.Text(target, "resultFormat") == "time_series")
        {
            return rows.Any(r => r.Any(c => c.Key != "time" && c.Value is not null)) ? [] : ["values"];
        }

        var selection = query[..query.IndexOf(" FROM ", StringComparison.Ordinal)];
        var columns = query.Contains(" AS ", StringComparison.Ordinal)
            ? AliasPattern().Matches(selection).Select(m => m.Groups[1].Value)
            : QuotedPattern().Matches(selection).Select(m => m.Groups[1].Value);
        return [.. columns.Where(c => !rows.Exists(r => r.GetValueOrDefault(c) is not null))];
    }

    private static bool IsNumber(string? value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private string Substitute(string query, Dictionary<string, string> variables)
    {
        var (from, to) = (filled.Now - Before, filled.Now + After);
        query = query
            .Replace("$timeFilter", string.Create(
                CultureInfo.InvariantCulture,
                $"time >= {from.ToUnixTimeMilliseconds()}ms AND time <= {to.ToUnixTimeMilliseconds()}ms"))
            .Replace("$__interval", "1m");
        foreach (var (name, value) in variables)
        {
            query = query.Replace($"${{{name}:regex}}", value);
        }

        Assert.DoesNotContain('$', query.Replace("$/", ""));
        return query;
    }

    /// <summary>The first value of each variable, as a reader has it who opens the dashboard.</summary>
    private async Task<Dictionary<string, string>> VariablesAsync(JsonObject dashboard)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var variable in dashboard["templating"]!["list"]!.AsArray())
        {
            if (DashboardFiles.Text(variable!, "type") != "query")
            {
                continue;
            }

            var name = DashboardFiles.Text(variable!, "name");
            var rows = await filled.Ask.QueryAsync(
                Substitute(DashboardFiles.Text(variable!["query"]!, "query"), variables));
            output.WriteLine($"{DashboardFiles.Text(dashboard, "title")} / ${name}: {rows.Count} values");
            Assert.NotEmpty(rows);
            variables[name] = variable["includeAll"]?.GetValue<bool>() == true
                ? DashboardFiles.Text(variable, "allValue")
                : Regex.Escape(rows[0]["value"]!);
        }

        return variables;
    }

    [GeneratedRegex("AS \"([^\"]+)\"")]
    private static partial Regex AliasPattern();

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex QuotedPattern();
}
