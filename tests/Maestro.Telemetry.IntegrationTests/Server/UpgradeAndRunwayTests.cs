using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.IntegrationTests.Service;

[Collection(ServerUnderTest.OneAtATime)]
public sealed class UpgradeAndRunwayTests
{
    private static readonly TimeSpan Patience = ServerUnderTest.Patience * 2;

    [Fact]
    public async Task UpgradePlan_OfAGroupThatIsQuietAtTimes_ProposesThemAndSaysWhatWouldHelp()
    {
        await using var server = await ServerUnderTest.StartAsync();
        await ImportAsync(server, days: 3, growthPerDay: 0);
        var control = server.Control;

        var spared = await control.PlanUpgradeAsync(new PlanUpgradeRequest { Group = 1 }).ResponseAsync.WaitAsync(Patience);
        var plan = await control.PlanUpgradeAsync(new PlanUpgradeRequest { Group = 1, Failures = 0 })
            .ResponseAsync.WaitAsync(Patience);

        // Two SGMs: while one is out, no other may be lost.
        Assert.False(spared.Found);
        Assert.Equal(-1, spared.Batches[0].Ceiling);
        Assert.Contains(spared.Reliefs, r => r.Kind == "FewerFailures" && r.Start == plan.Batches[0].Start);
        Assert.Contains(spared.Reliefs, r => r.Kind == "MoreMembers");
        Assert.True(plan.Found, plan.Sentence);
        Assert.Equal(["S2", "S1"], plan.Batches.SelectMany(b => b.Serials));
        Assert.Equal([false, true], plan.Batches.Select(b => b.HasSmo));
        Assert.All(plan.Batches, b => Assert.True(b.Demand <= 0.9 && b.LatestStart >= b.Start));
        Assert.True(plan.Batches[0].Start.ToDateTimeOffset() >= plan.Now.ToDateTimeOffset());
        Assert.True(plan.Batches[1].Start.ToDateTimeOffset() >= plan.Batches[0].Start.ToDateTimeOffset().AddMinutes(30));

        // The member ids are known, and so is the SMO.
        Assert.DoesNotContain(plan.Notes, n => n.StartsWith("S27:", StringComparison.Ordinal));

        var (none, sentence, _) = await RunAsync(server, "upgrade-plan", "1");
        var (found, json, _) = await RunAsync(server, "upgrade-plan", "1", "--failures", "0", "--batch-time", "20m", "--json");
        Assert.Equal((1, 0), (none, found));
        Assert.StartsWith("no plan SG 1 (SG-1): no safe time before", sentence, StringComparison.Ordinal);
        Assert.Contains("--failures 0", sentence, StringComparison.Ordinal);
        Assert.Equal("1200s", JsonDocument.Parse(json).RootElement.GetProperty("batchTime").GetString());
    }

    [Fact]
    public async Task UpgradePlan_WithoutHistory_SaysThatNothingIsForeseen()
    {
        await using var server = await ServerUnderTest.StartAsync();

        var plan = await server.Control.PlanUpgradeAsync(new PlanUpgradeRequest { Group = 1 }).ResponseAsync.WaitAsync(Patience);

        Assert.False(plan.Found);
        Assert.Equal("FORECAST_UNTRUSTED", Assert.Single(plan.Problems).Rule);
        Assert.Empty(plan.Batches);
    }

    [Fact]
    public async Task UpgradePlan_RequestsThatCannotBeUsed_SayWhy()
    {
        await using var server = await ServerUnderTest.StartAsync();

        Assert.Equal(StatusCode.InvalidArgument, await CodeAsync(server, new()));
        Assert.Equal(StatusCode.InvalidArgument, await CodeAsync(server, new() { Group = 1, Orchestrator = "1_1" }));
        Assert.Equal(StatusCode.InvalidArgument, await CodeAsync(server, new() { Group = 1, Batch = 29 }));
        Assert.Equal(StatusCode.InvalidArgument, await CodeAsync(server, new() { Group = 1, Failures = -1 }));
        Assert.Equal(StatusCode.InvalidArgument, await CodeAsync(server, new() { Group = 1, Within = Seconds(-1) }));
        Assert.Equal(StatusCode.InvalidArgument, await CodeAsync(server, new() { Group = 1, BatchTime = Seconds(90_000) }));
        Assert.Equal(StatusCode.NotFound, await CodeAsync(server, new() { Group = 7 }));
        Assert.Equal(StatusCode.NotFound, await CodeAsync(server, new() { Orchestrator = "9_9" }));
        var (code, _, errors) = await RunAsync(server, "upgrade-plan");
        Assert.Equal(2, code);
        Assert.Contains("Name a Security Group or, with --orchestrator, an Orchestrator", errors, StringComparison.Ordinal);
        server.Fabric.Problem = "No Orchestrator answers.";
        Assert.Equal(StatusCode.Unavailable, await CodeAsync(server, new() { Group = 1 }));
    }

    [Fact]
    public async Task Runway_OfSevenWeeks_FindsTheGrowth()
    {
        await using var server = await ServerUnderTest.StartAsync(("Maestro:Fabric:Groups:0:Maximum", "4"));
        await ImportAsync(server, days: 51, growthPerDay: 0.4);

        var response = await server.Control.GetRunwayAsync(new GetRunwayRequest { Group = 1 }).ResponseAsync.WaitAsync(Patience);

        var group = Assert.Single(response.Runways, r => r.Group == 1);
        Assert.Equal(("Growing", 7, "cpu_work"), (group.Status, group.Weeks, group.Resource));

        // Two SGMs gain 0.4 % of a unit each a day.
        Assert.InRange(group.PerWeek, 0.053, 0.059);
        Assert.True(group.PerWeekLow <= group.PerWeek && group.PerWeek <= group.PerWeekHigh);
        Assert.True(group.Reaches > response.Now);
        Assert.Equal([1, 2], response.Runways.Where(r => r.Group == 0).Select(r => r.Site));
        var (code, output, _) = await RunAsync(server, "runway", "1");
        Assert.Equal(0, code);
        Assert.Contains("SG 1 (SG-1) reaches its cap for CPU work about", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runway_OfThreeDays_SaysHowManyWeeksAreNeeded()
    {
        await using var server = await ServerUnderTest.StartAsync();
        await ImportAsync(server, days: 3, growthPerDay: 0);

        var response = await server.Control.GetRunwayAsync(new GetRunwayRequest()).ResponseAsync.WaitAsync(Patience);

        Assert.All(response.Runways, r => Assert.Equal(("TooShort", 0, 6), (r.Status, r.Weeks, r.WeeksNeeded)));
        Assert.Equal(
            "SG 1 (SG-1): 6 whole weeks of history are needed, and there are 0.", response.Runways[0].Sentence);
        var unknown = await Assert.ThrowsAsync<RpcException>(() => server.Control
            .GetRunwayAsync(new GetRunwayRequest { Group = 7 }).ResponseAsync.WaitAsync(Patience));
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
    }

    private static Duration Seconds(long seconds) => new() { Seconds = seconds };

    private static async Task<StatusCode> CodeAsync(ServerUnderTest server, PlanUpgradeRequest request) =>
        (await Assert.ThrowsAsync<RpcException>(() => server.Control.PlanUpgradeAsync(request).ResponseAsync.WaitAsync(Patience)))
        .StatusCode;

    private static Task<(int ExitCode, string Output, string Errors)> RunAsync(
        ServerUnderTest server, params string[] arguments) =>
        MaestroProcess.RunAsync(".", Patience, [.. arguments, "--server", server.GrpcAddress.ToString()]);

    /// <summary>The CPU of both members, a sample a minute, up to now: from 20 to 60 % within a day, more each day.</summary>
    private static async Task ImportAsync(ServerUnderTest server, int days, double growthPerDay)
    {
        var minutes = days * 1_440;
        var first = TimeProvider.System.GetUtcNow().AddMinutes(-minutes);
        long[] times = [.. Enumerable.Range(0, minutes).Select(m => first.AddMinutes(m).ToUnixTimeMilliseconds())];
        double[] cpu =
        [
            .. Enumerable.Range(0, minutes).Select(m => 40 + (growthPerDay * m / 1_440)
                + (20 * Math.Sin(2 * Math.PI * m / 1_440)) + (2 * new Random(m / 5).NextDouble())),
        ];
        var store = server.Get<ITelemetryStore>();
        foreach (var serial in new[] { "S1", "S2" })
        {
            await store.WriteAsync(
                [
                    new SampleBatch
                    {
                        Serial = new(serial),
                        Group = new SecurityGroupId(1),
                        Metrics = [MetricId.CpuMeanPercent],
                        TimestampsMs = times,
                        Values = cpu,
                    },
                ],
                default).AsTask().WaitAsync(Patience);
        }
    }
}
