using System.Text.Json;
using System.Xml.Linq;
using Maestro.Telemetry.Cli.Replays;
using Maestro.Telemetry.Replay;
using Spectre.Console;

namespace Maestro.Telemetry.Tests.Replay;

public sealed class ReplayRunTests(GoldenReplay golden) : IClassFixture<GoldenReplay>
{
    /// <summary>
    /// Group, policy, under-provisioned percent, unit-hours over oracle-1, moves per day, violation minutes per week.
    /// </summary>
    private const string Golden = """
        front hpa-64 2.1127 1.1780 11.1549 212.9577
        front hpa-64-5m 4.9296 1.0975 19.2676 496.9014
        front hpa-56 0.3521 1.3347 13.1831 35.4930
        front cloudguard 21.4789 0.9237 40.5634 2165.0704
        front predictive 0.7042 1.2256 11.1549 70.9859
        front schedule 0.0000 1.1367 10.4789 0.0000
        front static-max 0.0000 2.1059 0.0000 0.0000
        front oracle-1 0.0000 1.0000 8.1127 0.0000
        front oracle-4 0.0000 1.0127 7.7746 0.0000
        front oracle-8 0.0000 1.3061 4.0563 0.0000
        front lower-bound 0.0000 0.9513 18.2535 0.0000
        back hpa-64 2.4648 1.1861 10.8169 248.4507
        back hpa-64-5m 10.9155 1.0845 20.2817 1100.2817
        back hpa-56 0.3521 1.3112 13.8592 35.4930
        back cloudguard 24.2958 0.9348 45.9718 2449.0141
        back predictive 0.0000 1.2342 10.8169 0.0000
        back schedule 0.0000 1.1497 10.1408 0.0000
        back static-max 0.3521 1.8225 0.0000 35.4930
        back oracle-1 0.0000 1.0000 8.1127 0.0000
        back oracle-4 0.0000 1.0107 7.7746 0.0000
        back oracle-8 0.0000 1.2749 4.3944 0.0000
        back lower-bound 0.0000 0.9497 17.9155 0.0000
        guests<b> hpa-64 15.7706 1.1067 16.9014 1589.6774
        guests<b> hpa-64-5m 15.0538 0.9883 19.9437 1517.4194
        guests<b> hpa-56 2.5090 1.2403 13.1831 252.9032
        guests<b> cloudguard 25.0896 0.8992 47.6620 2529.0323
        guests<b> predictive 1.4337 1.2122 11.8310 144.5161
        guests<b> schedule 2.5090 1.0914 8.1127 252.9032
        guests<b> static-max 0.3584 1.9625 0.0000 36.1290
        guests<b> oracle-1 0.0000 1.0000 8.4507 0.0000
        guests<b> oracle-4 0.0000 1.0176 7.7746 0.0000
        guests<b> oracle-8 0.0000 1.3763 3.7183 0.0000
        guests<b> lower-bound 0.0000 0.9004 20.6197 0.0000
        """;

    private static readonly string[] Policies =
    [
        "planner", "quantile", "hpa-64", "hpa-64-5m", "hpa-56", "cloudguard", "predictive", "schedule", "static-max",
        "oracle-1", "oracle-4", "oracle-8", "lower-bound",
    ];

    private readonly ReplayOutcome _outcome = golden.Outcome;

    /// <summary>To the last digit: they do not change with the planner.</summary>
    [Fact]
    public void Golden_BaselinesAndOracles_AreWhatTheyWere()
    {
        var figures = _outcome.Result.Groups.SelectMany(group => group.Policies
            .Where(static p => p.Name is not ("planner" or "quantile"))
            .Select(p => FormattableString.Invariant(
                $"{group.Name} {p.Name} {p.Metrics.UnderProvisionedPercent:F4} {p.Metrics.UnitHoursVsOracle1:F4} ")
                + FormattableString.Invariant($"{p.Metrics.MovesPerDay:F4} {p.Metrics.ViolationMinutesPerWeek:F4}")));

        Assert.Equal(Golden.Split('\n').Select(static line => line.TrimEnd()), figures);
    }

    [Fact]
    public void Golden_Planner_BreachesNothing_AndExplainsEverything()
    {
        var first = _outcome.Scenario.FirstStep;
        var groups = _outcome.Scenario.Groups.Zip(_outcome.Result.Groups, static (group, result) =>
            (group.Policy, Start: group, Planner: result.Policies[0])).ToList();

        Assert.All(groups, g =>
        {
            var start = _outcome.Scenario.InitialUnits(g.Start);
            var serving = g.Planner.Serving.AsSpan()[first..].ToArray();
            Assert.InRange(serving.Min(), Math.Min(start, g.Policy.Minimum), g.Policy.Maximum);
            Assert.InRange(serving.Max(), g.Policy.Minimum, Math.Max(start, g.Policy.Maximum));
            Assert.Equal(100, g.Planner.ExplainedPercent);
            Assert.Equal(0, g.Planner.RefusedPlans);
            Assert.Equal(_outcome.Scenario.Steps - first, g.Planner.Reasons.Values.Sum());
        });
        var all = GoldenScenario.Pool + _outcome.Scenario.Groups.Sum(_outcome.Scenario.InitialUnits);
        Assert.All(
            Enumerable.Range(first, _outcome.Scenario.Steps - first),
            t => Assert.True(groups.Sum(g => g.Planner.Serving[t]) <= all));
    }

    [Fact]
    public void Oracles_AreNeverShort_AndNobodyElseIsCheaperWithoutBeing() => Assert.All(_outcome.Result.Groups, group =>
    {
        Assert.All(
            group.Policies.Where(static p => p.Name.StartsWith("oracle", StringComparison.Ordinal) || p.Name == "lower-bound"),
            static p => Assert.Equal(0, p.Metrics.UnderProvisionedPercent));
        Assert.All(
            group.Policies.Where(static p => p.Metrics.UnderProvisionedPercent == 0),
            static p => Assert.True(p.Metrics.UnitHoursVsLowerBound >= 1));
    });

    [Fact]
    public void Json_HasTheFiguresOfEachPolicyOfEachGroup()
    {
        var json = JsonDocument.Parse(ReplayJson.Of(_outcome)).RootElement;

        Assert.Equal(900, json.GetProperty("stepSeconds").GetDouble());
        var groups = json.GetProperty("groups").EnumerateArray().ToList();
        Assert.Equal(["front", "back", "guests<b>"], groups.Select(static g => g.GetProperty("name").GetString()));
        Assert.Equal([15, 30, 60], groups.Select(static g => g.GetProperty("leadMinutes").GetDouble()));
        Assert.Equal([1, 2, 3], groups.Select(static g => g.GetProperty("priority").GetInt32()));
        Assert.All(groups, static group =>
        {
            var policies = group.GetProperty("policies").EnumerateArray().ToList();
            Assert.Equal(Policies, policies.Select(static p => p.GetProperty("policy").GetString()));
            foreach (var figure in new[]
            {
                "underProvisionedPercent", "unitHoursVsOracle1", "movesPerDay", "violationMinutesPerWeek",
                "overProvisionedPercent", "shortageUnitHours", "slackPercent", "longestViolationMinutes",
                "singleLossExposurePercent",
            })
            {
                Assert.All(policies, p => Assert.Equal(JsonValueKind.Number, p.GetProperty(figure).ValueKind));
            }
        });
        Assert.Equal(12, json.GetProperty("together").GetArrayLength());
    }

    [Fact]
    public void SharedOracles_ServeTheFirstGroupBest_AndCostLeast()
    {
        var result = _outcome.Result;

        Assert.Equal([1, 4, 8], result.SharedOracles.Select(static o => o.Price));
        var planner = result.Groups.Select(static g => g.Policies.Single(static p => p.Name == "planner")).ToList();
        var oracle = result.SharedOracles[0];
        Assert.True(oracle.ShortageUnitHours[0] <= planner[0].Metrics.ShortageUnitHours);
        Assert.True(oracle.ShortageUnitHours.Sum() > 0 || oracle.ArbitrationUnitHours >= -1e-9);
        Assert.True(oracle.MovesPerDay > result.SharedOracles[2].MovesPerDay);
        var shared = result.Together.Single(static t => t.Name == "planner");
        Assert.Equal(shared.UnitHours / oracle.UnitHours, shared.UnitHoursVsSharedOracle1, 9);
        Assert.All(planner, static p => Assert.True(p.Metrics.MovesVsOracle4 >= 0));
    }

    [Fact]
    public void SameSeed_GivesTheSameJson_AndAnotherSeedOtherJoins()
    {
        var settings = GoldenScenario.Settings with { Policies = ["planner", "hpa-64"] };

        var first = ReplayJson.Of(GoldenScenario.Run(settings));

        Assert.Equal(first, ReplayJson.Of(GoldenScenario.Run(settings)));
        Assert.NotEqual(first, ReplayJson.Of(GoldenScenario.Run(settings with { Seed = 6 })));
    }

    [Fact]
    public void Html_NeedsNothingElse_AndHasThePicturesAndTheTables()
    {
        var html = ReplayHtml.Of(_outcome);

        Assert.DoesNotContain("guests<b>", html, StringComparison.Ordinal);
        foreach (var foreign in new[] { "http", "NaN", "∞", "Infinity", "<script", "<link", "<img", "@import", "url(" })
        {
            Assert.DoesNotContain(foreign, html, StringComparison.Ordinal);
        }

        var body = XElement.Parse($"<main>{html.Split("<main>")[1].Split("</body>")[0]}");
        var pictures = body.Descendants("svg").ToList();

        // Of each group the price of stability, and a picture of the days of each policy but the lower bound.
        Assert.Equal(3 * (1 + Policies.Length - 1), pictures.Count);
        var ids = body.Descendants().Attributes("id").Select(static a => a.Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(
            pictures.SelectMany(static svg => ((string)svg.Attribute("aria-labelledby")!).Split(' ')),
            id => Assert.Contains(id, ids));
        var tables = body.Descendants("table").Where(static t => (string?)t.Element("caption") == "Policies").ToList();
        Assert.Equal(3, tables.Count);
        Assert.All(tables, static t => Assert.Equal(
            Policies, t.Descendants("tbody").Elements("tr").Select(static row => (string)row.Element("th")!)));
        Assert.Single(body.Descendants("table"), static t => (string?)t.Element("caption") == "How the site was shared");
    }

    [Fact]
    public void Html_OfASweep_HasTheFrontierAsPictureAndTable()
    {
        var outcome = GoldenScenario.Run(GoldenScenario.Settings with { Policies = ["planner"], Sweep = true });

        var body = ReplayHtml.Of(outcome);

        Assert.Equal(3, body.Split("<h3>What fewer violations cost</h3>").Length - 1);
        Assert.Equal(3, body.Split("<details>").Length - 1);
        Assert.All(outcome.Frontier.GroupBy(static p => p.Policy), static line => Assert.True(line.Count() >= 6));
    }

    [Fact]
    public void Table_HasALineForEachPolicyOfEachGroup()
    {
        var text = new StringWriter();
        var console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 250;

        ReplayView.Print(console, _outcome);

        var lines = text.ToString().Split('\n').Select(static l => l.Trim()).ToList();
        Assert.All(Policies, policy => Assert.Equal(3, lines.Count(l => l.StartsWith($"{policy} ", StringComparison.Ordinal))
            - (policy.StartsWith("oracle", StringComparison.Ordinal) || policy == "lower-bound" ? 0 : 1)));
        Assert.Contains(lines, static l => l.StartsWith("guests<b>: 2026-03-09", StringComparison.Ordinal));
        Assert.Contains("All groups together:", lines);
        Assert.DoesNotContain(lines, static l => l.Contains("NaN", StringComparison.Ordinal));
    }
}
