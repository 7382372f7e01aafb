using System.Text.Json.Nodes;
using Maestro.Telemetry.IntegrationTests.Service;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Simulator.Fabric;
using Maestro.Telemetry.Simulator.Faults;

namespace Maestro.Telemetry.IntegrationTests.Polling;

[Collection(ServerUnderTest.OneAtATime)]
public sealed class PollingTests
{
    [Fact]
    public async Task Rounds_NothingPushed_StoreWhatTheMembersAnswer()
    {
        await using var fabric = await PolledFabric.StartAsync();

        await fabric.RoundAsync();
        await fabric.RoundAsync();

        Assert.True(fabric.Members.Count >= 2);
        foreach (var member in fabric.Members)
        {
            var samples = await fabric.StoredAsync(member);
            var now = fabric.Time.GetUtcNow();
            Assert.Equal([now - PolledFabric.Interval, now], samples.Select(s => s.Time));
            AssertEqual(await fabric.AskAsync(member, "cpu"), await fabric.AskAsync(member, "memory"), samples[^1]);
        }

        Assert.Equal(2 * fabric.Members.Count, fabric.Rows.Accepted);
        Assert.Equal(0, fabric.Rows.Refused);
        Assert.Empty(await fabric.ProblemsAsync());
        Assert.All((await fabric.StatusAsync()).Gateways.Where(g => g.SecurityGroup == 1), g => Assert.True(g.CpuMeanPercent > 0));
    }

    [Fact]
    public async Task Session_EndedByTheGroupOrByTime_IsOpenedAgain()
    {
        await using var fabric = await PolledFabric.StartAsync();
        await fabric.RoundAsync();

        Assert.Null(fabric.Simulation.Faults.Inject(new() { Kind = FaultKind.ExpireSessions, Orchestrator = "sg1" }));
        await fabric.RoundAsync();
        fabric.Time.Advance(TimeSpan.FromHours(1));
        await fabric.RoundAsync();

        Assert.All(
            await Task.WhenAll(fabric.Members.Select(fabric.StoredAsync)), samples => Assert.Equal(3, samples.Count));
        Assert.Empty(await fabric.ProblemsAsync());
    }

    [Fact]
    public async Task Member_ThatDoesNotAnswer_DoesNotStopTheOthers()
    {
        await using var fabric = await PolledFabric.StartAsync();
        var lost = fabric.Members[^1];
        fabric.Simulation.Fabric.Break(lost.Serial, SgmState.Lost);

        await fabric.RoundAsync();
        await fabric.RoundAsync();
        var problems = await fabric.ProblemsAsync();
        fabric.Simulation.Fabric.Revive(lost.Serial);
        await fabric.RoundAsync();

        var problem = Assert.Single(problems);
        Assert.StartsWith(
            $"Polling of Security Group 1: member {PolledFabric.IdOf(lost)} (SGM {lost.Serial}): ", problem, StringComparison.Ordinal);
        Assert.Contains("does not answer", problem, StringComparison.Ordinal);
        Assert.Empty(await fabric.ProblemsAsync());
        Assert.Single(await fabric.StoredAsync(lost));
        foreach (var other in fabric.Members.Where(m => m.Serial != lost.Serial))
        {
            Assert.Equal(3, (await fabric.StoredAsync(other)).Count);
        }

        // Failed, left out of the next round, asked again in the one after.
        var metrics = await fabric.MetricsAsync();
        Assert.Contains("maestro_polling_polls_total{group=\"1\",outcome=\"failed\",reason=\"Unavailable\"", metrics, StringComparison.Ordinal);
        Assert.Contains("maestro_polling_polls_total{group=\"1\",outcome=\"deferred\",reason=\"none\"", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_ThatIsWrong_IsSaidPlainlyAndTriedOnce()
    {
        await using var fabric = await PolledFabric.StartAsync(wrongPassword: true);

        await fabric.RoundAsync();
        var problem = Assert.Single(await fabric.ProblemsAsync());
        await fabric.RoundAsync();

        Assert.Contains("Security Group 1 answered login with HTTP 403: the login was refused", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("not it", problem, StringComparison.Ordinal);
        Assert.Equal(2, fabric.FailedRounds);
        Assert.Equal(1, fabric.Api.Requests);
        Assert.Equal(0, fabric.Rows.Accepted);
    }

    [Fact]
    public async Task Group_OutOfReach_IsSaidAndComesBack()
    {
        await using var fabric = await PolledFabric.StartAsync();
        await fabric.Api.StopAsync(default);

        await fabric.RoundAsync();
        var problem = Assert.Single(await fabric.ProblemsAsync());
        Assert.Equal(1, fabric.FailedRounds);
        await fabric.Api.StartAsync(default);
        await fabric.RoundAsync();

        Assert.StartsWith("Polling of Security Group 1: Security Group 1: no connection", problem, StringComparison.Ordinal);
        Assert.Equal(0, fabric.FailedRounds);
        Assert.Empty(await fabric.ProblemsAsync());
        Assert.Equal(fabric.Members.Count, fabric.Rows.Stored);
    }

    [Fact]
    public async Task Member_WhoseSamplesArePushed_IsNotAskedUntilTheyEnd()
    {
        await using var fabric = await PolledFabric.StartAsync();
        var pushing = fabric.Members[0];
        var batch = new Batch { Sequence = 1 };
        batch.TimestampsUnixMs.Add((fabric.Time.GetUtcNow() + TimeSpan.FromSeconds(20)).ToUnixTimeMilliseconds());
        batch.Values.Add(42);
        var hello = ServerUnderTest.Hello(pushing.Serial);
        await fabric.Collector.ExportAsync(new ExportRequest { Hello = hello, Batch = batch }).ResponseAsync.WaitAsync(PolledFabric.Patience);

        await fabric.RoundAsync();
        var first = await fabric.StoredAsync(pushing);
        await fabric.RoundAsync();
        var second = await fabric.StoredAsync(pushing);

        Assert.Equal(42, Assert.Single(first).Values[MetricId.CpuMeanPercent]);
        Assert.Equal(2, second.Count);
        Assert.Equal(2, (await fabric.StoredAsync(fabric.Members[1])).Count);
        Assert.Contains("outcome=\"pushed\"", await fabric.MetricsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_OfNobody_AreToldAndHeldAgainstNoMember()
    {
        await using var fabric = await PolledFabric.StartAsync();
        Assert.Null(fabric.Simulation.Faults.Inject(new() { Kind = FaultKind.Html503, Orchestrator = "sg1", Command = "show-diagnostics" }));

        await fabric.RoundAsync();

        Assert.Equal(1, fabric.FailedRounds);
        Assert.Contains("HTTP 503", (await fabric.ProblemsAsync())[0], StringComparison.Ordinal);
        Assert.Equal(0, fabric.Rows.Accepted);

        fabric.Simulation.Faults.Clear();
        await fabric.RoundAsync();

        Assert.Equal(fabric.Members.Count, fabric.Rows.Stored);
    }

    [Fact]
    public async Task Certificate_ThatIsPinned_IsTrustedAndNoOther()
    {
        const string Fingerprint = "Maestro:Polling:Targets:0:CertificateFingerprint";
        await using var pinned = await PolledFabric.StartAsync(
            https: true, settings: fabric => [(Fingerprint, fabric.Api.CertificateSha256!), WithoutOrchestrators, .. Stated(fabric)]);
        await using var other = await PolledFabric.StartAsync(
            https: true, settings: fabric => [(Fingerprint, new string('a', 64)), WithoutOrchestrators, .. Stated(fabric)]);

        await pinned.RoundAsync();
        await other.RoundAsync();

        Assert.Equal(pinned.Members.Count, pinned.Rows.Stored);
        Assert.Contains("its certificate is not trusted", Assert.Single(await other.ProblemsAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Members_WithoutOrchestrators_AreThoseThatTheConfigurationNames()
    {
        await using var fabric = await PolledFabric.StartAsync(
            settings: fabric => [WithoutOrchestrators, .. Stated(fabric).SkipLast(4)]);

        await fabric.RoundAsync();

        Assert.Single(await fabric.StoredAsync(fabric.Members[0]));
        Assert.Empty(await fabric.StoredAsync(fabric.Members[^1]));
        Assert.Equal(fabric.Members.Count - 1, fabric.Rows.Stored);
    }

    [Fact]
    public async Task Group_WithoutMembers_IsAProblem()
    {
        await using var fabric = await PolledFabric.StartAsync(settings: _ => [WithoutOrchestrators]);

        await fabric.RoundAsync();

        Assert.Equal(
            ["Polling of Security Group 1: the fabric has no member of it; check Maestro:Polling:Targets."],
            await fabric.ProblemsAsync());
        Assert.Equal(0, fabric.Api.Requests);
    }

    private static (string Key, string Value) WithoutOrchestrators => ("Maestro:Gaia:", "");

    private static IEnumerable<(string Key, string Value)> Stated(PolledFabric fabric) => fabric.Members.Index().SelectMany(m =>
    {
        var key = $"Maestro:Receivers:Members:{m.Index}";
        return new[]
        {
            ($"{key}:Serial", m.Item.Serial),
            ($"{key}:SecurityGroup", $"{PolledFabric.Group}"),
            ($"{key}:Site", $"{m.Item.Site}"),
            ($"{key}:Member", $"{m.Item.MemberId}"),
        };
    });

    private static void AssertEqual(JsonArray cpu, JsonArray memory, RawSample stored)
    {
        var busy = cpu.Select(core => 100 - core!["idle"]!.GetValue<double>()).ToList();
        Assert.Equal(Enumerable.Range(0, busy.Count), stored.Cores.Select(c => c.Key.Number).Order());
        Assert.All(stored.Cores, core => Assert.Equal(busy[core.Key.Number], core.Value, 9));
        Assert.Equal(busy.Average(), stored.Values[MetricId.CpuMeanPercent], 9);
        Assert.Equal(busy.Max(), stored.Values[MetricId.CpuBusiestCorePercent], 9);
        Assert.Equal(
            100 * memory[0]!["used"]!.GetValue<double>() / memory[0]!["total"]!.GetValue<double>(),
            stored.Values[MetricId.MemoryUsedPercent],
            9);
        Assert.Equal(3, stored.Values.Count);
    }
}
