using System.Globalization;
using System.Text.Json;
using Maestro.Telemetry.Cli.Replays;
using Maestro.Telemetry.Cli.Replays.Scenarios;
using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.IntegrationTests.Storage;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.IntegrationTests.Replay;

public sealed class ScenarioFileTests : IDisposable
{
    private static readonly ReplaySettings Settings = new()
    {
        Traces = [],
        Lead = TimeSpan.FromMinutes(20),
        PeakUnits = 8,
        Survive = 1,
        Model = ForecastModels.ByName("naive")!,
        PeakUnitsGiven = false,
    };

    private readonly TemporaryDirectory _directory = new();

    public ScenarioFileTests()
    {
        Csv("old.csv", new(2020, 3, 2, 0, 0, 0, TimeSpan.Zero), "a,b");
        Csv("new.csv", new(2026, 3, 4, 0, 0, 0, TimeSpan.Zero), "value");
    }

    [Fact]
    public void Groups_HaveTheirOwnTracePolicyJoinsAndUnits()
    {
        var plan = Read("""
            {
              // Two traces of different years.
              "align": "weeks", "pool": 3, "train": "1d", "hardUtilization": 0.75, "seed": 9,
              "groups": [
                { "name": "web", "trace": "old.csv", "column": "b", "peakUnits": 5, "initialUnits": 4,
                  "join": { "lead": "15m", "spread": 1.5, "failures": 0.02 },
                  "policy": { "priority": 2, "minimum": 2, "maximum": 9, "quantile": 0.9, "surviveFailures": 0,
                    "leadTime": "30m", "cooldown": "10m", "scaleInMode": "recommend" } },
                { "trace": "new.csv", "shift": "6h", "unitCapacity": 12.5 },
              ]
            }
            """);

        var (scenario, capacities) = new ReplayTraces(plan.Settings).Read(plan.Groups);
        var (web, other) = (scenario.Groups[0], scenario.Groups[1]);
        Assert.Equal((3, 0.75), (scenario.PoolUnits, scenario.HardUtilization));
        Assert.Equal(("web", 4), (web.Name, scenario.InitialUnits(web)));
        Assert.Equal(5, web.Demand.Values.ToArray().Max() / 0.75, 0.1);
        Assert.Equal((2, 2, 9, 0.9, 0), (
            web.Policy.Priority, web.Policy.Minimum, web.Policy.Maximum, web.Policy.Quantile, web.Policy.SurviveFailures));
        Assert.Equal((ScalingMode.Enforce, ScalingMode.Recommend), (web.Policy.ScaleOutMode, web.Policy.ScaleInMode));
        Assert.Equal((TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(10)), (web.Policy.LeadTime, web.Policy.Cooldown));
        Assert.Equal((TimeSpan.FromMinutes(15), 1.5, 0.02, 9UL), (
            web.Joins!.Lead, web.Joins.Spread, web.Joins.FailureShare, web.Joins.Seed));
        Assert.Equal(("new", 2, TimeSpan.FromMinutes(20)), (other.Name, other.Policy.Priority, other.Policy.LeadTime));
        Assert.Equal(12.5, capacities[1]);

        // Moved by whole weeks into the first one's, then six hours later; what both have is left.
        Assert.Equal(new DateTimeOffset(2020, 3, 4, 6, 0, 0, TimeSpan.Zero), scenario.Groups[0].Demand.Start);
        Assert.Equal(scenario.Groups[0].Demand.Count, scenario.Groups[1].Demand.Count);
    }

    [Fact]
    public void AllErrors_AreToldAtOnce_EachWithItsPlaceValueAndRemedy()
    {
        var message = Assert.Throws<FormatException>(() => Read("""
            {
              "hardUtilization": 3, "algn": "weeks",
              "groups": [
                { "name": "x", "trace": "old.csv", "policy": { "quantile": 2, "minimum": 5, "maximum": 3, "scaleInMode": "off" } },
                { "trace": "gone.csv", "join": { "lead": "soon" } },
                { "trace": "new.csv", "column": "nope", "peakUnits": 3, "unitCapacity": 2 },
                7,
                { "trace": "new.csv", "shift": "7m" }
              ]
            }
            """)).Message;

        var file = _directory.File("site.json");
        string[] expected =
        [
            "hardUtilization is 3; it must be a number from 0.01 to 1.",
            "groups[3] is 7; write an object.",
            "groups[0].trace holds a, b, and a group has one demand; choose by column, or by group in a store.",
            "groups[0].policy.quantile is 2; it must be a number from 0.5 to 0.99.",
            "groups[0].policy.scaleInMode is \"off\"; it must be one of observe, recommend, enforce.",
            "groups[0].policy.minimum is 5; it must be at most the maximum, 3.",
            $"groups[1].trace is '{_directory.File("gone.csv")}', and there is no such file.",
            "groups[1].join.lead is \"soon\"; it must be a duration like \"15m\" or \"1h30m\".",
            "groups[2].trace cannot be read: --column is 'nope', and there is no such column; there are value.",
            "groups[2].unitCapacity and peakUnits both size a unit; give one of them.",
            "groups[4].shift is 00:07:00; it must be a whole number of steps of 01:00:00.",
            "algn is no field; there are step, from, to, train, hardUtilization, pool, joinsTogether, seed, align, groups.",
        ];
        Assert.Equal(expected.Select(e => $"{file}: {e}"), message.Split('\n'));
    }

    [Fact]
    public void TracesWithNoTimeInCommon_AreRefusedWithTheRemedy()
    {
        var plan = Read("""{ "groups": [ { "trace": "old.csv", "column": "a" }, { "trace": "new.csv" } ] }""");

        Assert.EndsWith(
            "a scenario with \"align\": \"weeks\".",
            Assert.Throws<FormatException>(() => new ReplayTraces(plan.Settings).Read(plan.Groups)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n\"groups\": [", "line 2: it is not JSON")]
    [InlineData("{}", "groups is missing; name at least one group with its trace.")]
    [InlineData("[]", "the scenario is an array; write an object.")]
    public void WhatIsNoScenario_IsRefused(string text, string problem) => Assert.StartsWith(
        $"{_directory.File("site.json")}: {problem}",
        Assert.Throws<FormatException>(() => Read(text)).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task Command_OfAScenario_PrintsTheContract_TwiceTheSame()
    {
        await File.WriteAllTextAsync(_directory.File("site.json"), """
            { "align": "weeks", "pool": 2, "train": "2d", "groups": [
              { "name": "web", "trace": "old.csv", "column": "a", "join": { "lead": "15m" }, "policy": { "surviveFailures": 0 } },
              { "name": "db", "trace": "new.csv", "policy": { "surviveFailures": 0 } } ] }
            """);
        string[] arguments =
            ["replay", "--scenario", "site.json", "--policy", "planner", "--policy", "hpa-64", "--model", "naive", "--json"];

        var (code, output, errors) = await RunAsync([.. arguments, "--html", "report.html"]);
        var again = await RunAsync([.. arguments, "--sweep"]);

        Assert.True(code == 0, errors);
        Assert.Equal(output, again.Output);
        var groups = JsonDocument.Parse(output).RootElement.GetProperty("groups");
        Assert.Equal(2, groups.GetArrayLength());
        foreach (var policy in groups.EnumerateArray().SelectMany(static g => g.GetProperty("policies").EnumerateArray()))
        {
            foreach (var figure in new[]
            {
                "underProvisionedPercent", "unitHoursVsOracle1", "movesPerDay", "violationMinutesPerWeek",
            })
            {
                Assert.Equal(JsonValueKind.Number, policy.GetProperty(figure).ValueKind);
            }
        }

        Assert.Contains("<h2>web</h2>", await File.ReadAllTextAsync(_directory.File("report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_ThatIsAskedWrong_EndsWith2AndSaysWhy()
    {
        var nothing = await RunAsync("replay");
        var both = await RunAsync("replay", "--scenario", "x.json", "--trace", "new.csv");
        var gone = await RunAsync("replay", "--cpview", "gone.dat");
        var column = await RunAsync("replay", "--trace", "old.csv", "--trace", "new.csv", "--column", "a", "--column", "x");
        var wrong = await RunAsync("replay", "--cpview", "new.csv");

        Assert.All([nothing, both, gone, column, wrong], static run => Assert.Equal(2, run.ExitCode));
        Assert.Contains("Nothing is named to replay;", nothing.Errors, StringComparison.Ordinal);
        Assert.Contains("leave out --trace", both.Errors, StringComparison.Ordinal);
        Assert.Equal("--cpview is 'gone.dat', and there is no such file.", gone.Errors.TrimEnd());
        Assert.Equal("--column is 'x', and there is no such column; there are a, b, value.", column.Errors.TrimEnd());
        Assert.StartsWith("new.csv: it cannot be read as a CPView history", wrong.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        Service.MaestroProcess.RunAsync(_directory.Path, TimeSpan.FromMinutes(3), arguments);

    private ReplayPlan Read(string json)
    {
        File.WriteAllText(_directory.File("site.json"), json);
        return ScenarioFile.Read(_directory.File("site.json"), Settings);
    }

    private void Csv(string name, DateTimeOffset start, string header)
    {
        var columns = header.Split(',').Length;
        File.WriteAllLines(_directory.File(name), Enumerable.Range(0, 168).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"{start.AddHours(i):O},{string.Join(',', Enumerable.Range(1, columns).Select(c => c * (10 + (i % 24))))}"))
            .Prepend($"timestamp,{header}"));
    }
}
