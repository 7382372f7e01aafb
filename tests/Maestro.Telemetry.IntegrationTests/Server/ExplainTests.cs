using Grpc.Core;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Server.Autoscaling;

namespace Maestro.Telemetry.IntegrationTests.Service;

[Collection(ServerUnderTest.OneAtATime)]
public sealed class ExplainTests
{
    private static readonly TimeSpan Patience = ServerUnderTest.Patience;
    private static readonly DateTimeOffset Start = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task At_GivesTheRecordInForce_AndSinceWhenItHolds()
    {
        await using var server = await ServerUnderTest.StartAsync();
        await RecordAsync(
            server,
            Record("d1", 300, ReasonCode.WithinDeadband),
            Record("d2", 120, ReasonCode.Stale),
            Record("d3", 105, ReasonCode.Stale),
            Record("d4", 60, ReasonCode.WithinDeadband));

        var stale = await ExplainAsync(server, "95m");
        var first = await ExplainAsync(server, "4h");
        var newest = await ExplainAsync(server, "");

        Assert.Equal(("d3", Start.AddMinutes(-120)), (stale.Decision.Id, stale.Since.ToDateTimeOffset()));
        Assert.StartsWith("It has been so since ", stale.Sentences[1], StringComparison.Ordinal);
        Assert.EndsWith(" UTC.", stale.Sentences[1], StringComparison.Ordinal);
        Assert.Equal("d1", first.Decision.Id);
        Assert.Contains("the planner did not run", first.Sentences[1], StringComparison.Ordinal);
        Assert.Equal("d4", newest.Decision.Id);
    }

    [Fact]
    public async Task GroupThatLostAnSgmBefore_IsStillToldTheWinnerAndItsNeed()
    {
        await using var server = await ServerUnderTest.StartAsync();
        var lost = Record("d1", 20, ReasonCode.PriorityLost) with { Lost = new(new("S9"), new(2), 1, 3, "SG 2 needs 7 units.") };
        await RecordAsync(server, lost, Record("d2", 19, ReasonCode.PoolEmpty), Record("d3", 4, ReasonCode.PoolEmpty));

        var explanation = await ExplainAsync(server, "1m");

        Assert.Equal(Start.AddMinutes(-19), explanation.Since.ToDateTimeOffset());
        Assert.Contains(explanation.Sentences, s => s.EndsWith(
            "UTC: SGM S9 went to SG 2, which has priority 1 where SG 1 has 3; the lower number is served first.",
            StringComparison.Ordinal));
        Assert.Contains(
            explanation.Sentences, s => s.EndsWith("UTC: The need of SG 2: SG 2 needs 7 units.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TimeBeforeTheFirstRecord_UnknownGroupAndNoTime_AreToldApart()
    {
        await using var server = await ServerUnderTest.StartAsync();

        var none = await RefusedAsync(server, 1, "", StatusCode.NotFound);
        var unknown = await RefusedAsync(server, 7, "", StatusCode.NotFound);
        var unread = await RefusedAsync(server, 1, "soon", StatusCode.InvalidArgument);
        await RecordAsync(server, Record("d1", 60, ReasonCode.Stale));
        var before = await RefusedAsync(server, 1, "2h", StatusCode.NotFound);

        Assert.StartsWith("Nothing was recorded for group 1 yet; ", none, StringComparison.Ordinal);
        Assert.StartsWith("Group 7 has no policy", unknown, StringComparison.Ordinal);
        Assert.StartsWith("when is 'soon'; write it like ", unread, StringComparison.Ordinal);
        Assert.Contains("its records begin later", before, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cycles_ThatDecideTheSame_AreRecordedOnce_AndThePlanStaysNew()
    {
        await using var server = await ServerUnderTest.StartAsync();
        var cycle = server.Get<PlanningCycle>();
        for (var i = 0; i < 3; i++)
        {
            await cycle.RunAsync(default).WaitAsync(Patience);
        }

        var records = await server.Get<ILedger>().ListDecisionsAsync(new SecurityGroupId(1), Start.AddHours(1), 10, default);

        var written = Assert.Single(records);
        Assert.True(server.Get<PlanBoard>().DecisionOf(new(1))!.Time > written.Time);
        var explanation = await ExplainAsync(server, "");
        Assert.Equal(written.Time, explanation.Since.ToDateTimeOffset());
        Assert.True(explanation.Time.ToDateTimeOffset() > written.Time);
    }

    [Fact]
    public async Task CommandLine_TakesTheTimeAsPeopleWriteIt()
    {
        await using var server = await ServerUnderTest.StartAsync();
        await RecordAsync(server, Record("d1", 60, ReasonCode.Stale));
        var address = server.GrpcAddress.ToString();

        var told = await MaestroProcess.RunAsync(".", Patience * 2, "explain", "1", "--at", "15m", "--server", address);
        var refused = await MaestroProcess.RunAsync(".", Patience * 2, "explain", "1", "--at", "soon", "--server", address);

        Assert.Equal(0, told.ExitCode);
        Assert.Contains("Reason STALE", told.Output, StringComparison.Ordinal);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("'soon' is not a time; write it like ", refused.Errors, StringComparison.Ordinal);
    }

    private static async Task<Explanation> ExplainAsync(ServerUnderTest server, string when) => await server.Control
        .ExplainAsync(new ExplainRequest { Group = 1, When = when }).ResponseAsync.WaitAsync(Patience);

    private static async Task<string> RefusedAsync(ServerUnderTest server, int group, string when, StatusCode code)
    {
        var e = await Assert.ThrowsAsync<RpcException>(() => server.Control
            .ExplainAsync(new ExplainRequest { Group = group, When = when }).ResponseAsync.WaitAsync(Patience));
        Assert.Equal(code, e.StatusCode);
        return e.Status.Detail;
    }

    private static async Task RecordAsync(ServerUnderTest server, params DecisionRecord[] records)
    {
        foreach (var record in records)
        {
            await server.Get<ILedger>().RecordPlanAsync(new(record.Time, [record], [], PlannerMemory.Empty), default);
        }
    }

    private static DecisionRecord Record(string id, int minutesAgo, ReasonCode reason) => new()
    {
        Id = id,
        Time = Start.AddMinutes(-minutesAgo),
        Group = new(1),
        Action = DecisionAction.Hold,
        Reason = reason,
        Sentence = "SG 1 stays as it is.",
        Members = 2,
        Desired = 2,
        CommittedUnits = 2,
        WantedUnits = 3,
        Binding = "predicted:CpuWork",
    };
}
