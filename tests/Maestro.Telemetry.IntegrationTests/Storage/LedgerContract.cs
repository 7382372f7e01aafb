using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.IntegrationTests.Storage;

/// <summary>What every ledger does. A backend is tested by a class that opens it.</summary>
public abstract class LedgerContract : IAsyncLifetime
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private ILedger _ledger = null!;

    protected abstract ILedger Open();

    public Task InitializeAsync()
    {
        _ledger = Open();
        return Task.CompletedTask;
    }

    public virtual async Task DisposeAsync() => await _ledger.DisposeAsync();

    [Fact]
    public async Task Plan_IsGivenBackAsRecorded()
    {
        var record = Decision("d1", Noon, 1) with
        {
            Terms = [new("predicted", Resource.CpuWork, 3.75, 5.36), new("minimum", null, double.NaN, 2)],
            Steps = [new("GROUP_MAX", 6, 4, "maximum of group 1"), new("SITE_CAP", 4, 4)],
            Serial = new GatewaySerial("SN1"),
            OtherGroup = new SecurityGroupId(2),
            LatestSafeStart = Noon.AddMinutes(3).AddTicks(1),
            TelemetryAge = TimeSpan.FromSeconds(4.25),
            ForecastModel = "direct",
            Forecast = new()
            {
                Resource = Resource.BitsPerSecond,
                Model = "direct",
                IssuedAt = Noon.AddMinutes(-4),
                Verdict = "better than naive",
                Skill = 0.78,
                Level = 0.95,
                MedianUnits = 4.6,
                UpperUnits = 5.3,
                PeakAt = Noon.AddMinutes(40),
            },
            ForecastProblem = "CPU work: there is no forecast yet",
            Risk = new(0.62, Noon.AddMinutes(35), Noon.AddMinutes(80), 2.1, 0.6, 0.08),
            ModeOut = ScalingMode.Enforce,
            ModeIn = ScalingMode.Observe,
            Lost = new(new("SN3"), new(2), 1, 3, "SG 2 is short."),
            Alternatives = ["take SN2 from group 3: \"no surplus\""],
        };
        var command = Command("c1", Noon.AddTicks(5)) with { From = new SecurityGroupId(2) };
        var memory = Memory(Noon, 4.5);

        await RecordAsync(Noon, [record, Decision("d2", Noon, 2)], [command], memory);

        var records = await ListAsync(null, Noon);
        Assert.Equal(["d2", "d1"], records.Select(r => r.Id));
        AssertSame(record, records[1]);
        AssertSame(Decision("d2", Noon, 2), records[0]);
        AssertSame(command with { UpdatedAt = command.CreatedAt }, await _ledger.GetCommandAsync("c1", default));
        AssertSame(memory, await _ledger.GetMemoryAsync(default));
    }

    [Fact]
    public async Task Decisions_AtATime_BeginWithTheNewestAtOrBeforeIt()
    {
        await RecordAsync(Noon, [Decision("d1", Noon, 1), Decision("e1", Noon, 2)], [], PlannerMemory.Empty);
        var later = Noon.AddMinutes(15);
        await RecordAsync(later, [Decision("d2", later, 1)], [], PlannerMemory.Empty);

        Assert.Equal("d2", Assert.Single(await ListAsync(1, later, limit: 1)).Id);
        Assert.Equal("d1", Assert.Single(await ListAsync(1, later.AddTicks(-1), limit: 1)).Id);
        Assert.Equal("e1", Assert.Single(await ListAsync(2, later, limit: 1)).Id);
        Assert.Empty(await ListAsync(1, Noon.AddTicks(-1), limit: 1));
    }

    [Fact]
    public async Task Plan_RecordedAgain_ChangesNothing()
    {
        await RecordAsync(Noon, [Decision("d1", Noon, 1)], [Command("c1", Noon)], Memory(Noon, 1));
        await TransitionAsync("c1", CommandState.Proposed, CommandState.Approved, 1);

        await RecordAsync(
            Noon, [Decision("d1", Noon, 1) with { Sentence = "other" }], [Command("c1", Noon)], Memory(Noon, 1));

        Assert.Equal("stays as it is", Assert.Single(await ListAsync(null, Noon)).Sentence);
        Assert.Equal(CommandState.Approved, (await _ledger.GetCommandAsync("c1", default))!.State);
        Assert.Single((await _ledger.GetCommandAsync("c1", default))!.Steps);
    }

    [Fact]
    public async Task Memory_IsEmptyAtFirst_AndThatOfTheNewestPlan()
    {
        Assert.Same(PlannerMemory.Empty, await _ledger.GetMemoryAsync(default));

        await RecordAsync(Noon, [], [], Memory(Noon, 1));
        await RecordAsync(Noon.AddMinutes(1), [], [], Memory(Noon, 2));
        await RecordAsync(Noon, [], [], Memory(Noon, 1));

        AssertSame(Memory(Noon, 2), await _ledger.GetMemoryAsync(default));
    }

    [Fact]
    public async Task Memory_OfAGroupWithNothing_IsGivenBack()
    {
        var memory = new PlannerMemory { Groups = ImmutableSortedDictionary<int, GroupMemory>.Empty.Add(7, new()) };

        await RecordAsync(Noon, [], [], memory);

        AssertSame(memory, await _ledger.GetMemoryAsync(default));
    }

    [Fact]
    public async Task Decisions_AreListedNewestFirstByGroupAndTime()
    {
        for (var i = 0; i < 6; i++)
        {
            await RecordAsync(Noon.AddMinutes(i), [Decision($"d{i}", Noon.AddMinutes(i), 1 + (i % 2))], [], Memory(Noon, 1));
        }

        Assert.Equal(["d5", "d4", "d3"], (await ListAsync(null, Noon.AddDays(1), 3)).Select(d => d.Id));
        Assert.Equal(["d3", "d1"], (await ListAsync(2, Noon.AddMinutes(3))).Select(d => d.Id));
        Assert.Empty(await ListAsync(9, Noon.AddDays(1)));
        Assert.Empty(await ListAsync(null, Noon.AddTicks(-1)));
    }

    [Fact]
    public async Task Decisions_OlderThanTheTime_AreDeleted_AndCommandsKept()
    {
        await RecordAsync(
            Noon, [Decision("d1", Noon, 1), Decision("d2", Noon.AddHours(1), 1)], [Command("c1", Noon)], Memory(Noon, 1));

        Assert.Equal(1, await _ledger.DeleteDecisionsAsync(Noon.AddHours(1), default));

        Assert.Equal("d2", Assert.Single(await ListAsync(null, Noon.AddDays(1))).Id);
        Assert.NotNull(await _ledger.GetCommandAsync("c1", default));
    }

    [Fact]
    public async Task Command_GoesFromStateToState_WithItsSteps()
    {
        await RecordAsync(Noon, [], [Command("c1", Noon)], Memory(Noon, 1));

        Assert.True(await TransitionAsync("c1", CommandState.Proposed, CommandState.Approved, 1));
        Assert.True(await TransitionAsync("c1", CommandState.Approved, CommandState.Applying, 2));
        Assert.True(await TransitionAsync("c1", CommandState.Applying, CommandState.Applying, 3));

        var command = (await _ledger.GetCommandAsync("c1", default))!;
        Assert.Equal((CommandState.Applying, Noon.AddMinutes(3)), (command.State, command.UpdatedAt));
        Assert.Equal<CommandStep>(
            [
                new CommandStep(Noon.AddMinutes(1), CommandState.Approved, "anna", "note 1"),
                new CommandStep(Noon.AddMinutes(2), CommandState.Applying, "anna", "note 2"),
                new CommandStep(Noon.AddMinutes(3), CommandState.Applying, "anna", "note 3"),
            ],
            command.Steps);
    }

    [Fact]
    public async Task Command_NoLongerInTheExpectedState_IsLeftAlone()
    {
        await RecordAsync(Noon, [], [Command("c1", Noon)], Memory(Noon, 1));
        await TransitionAsync("c1", CommandState.Proposed, CommandState.Rejected, 1);

        Assert.False(await TransitionAsync("c1", CommandState.Proposed, CommandState.Approved, 2));
        Assert.False(await TransitionAsync("nobody", CommandState.Proposed, CommandState.Approved, 2));

        var command = (await _ledger.GetCommandAsync("c1", default))!;
        Assert.Equal(CommandState.Rejected, command.State);
        Assert.Single(command.Steps);
        Assert.Null(await _ledger.GetCommandAsync("nobody", default));
    }

    [Fact]
    public async Task Command_ApprovedByManyAtOnce_IsApprovedOnce()
    {
        await RecordAsync(Noon, [], [Command("c1", Noon)], Memory(Noon, 1));

        var answers = await Task.WhenAll(Enumerable.Range(1, 16).Select(i => Task.Run(
            () => TransitionAsync("c1", CommandState.Proposed, CommandState.Approved, i)))).WaitAsync(Bound);

        Assert.Single(answers, taken => taken);
        Assert.Single((await _ledger.GetCommandAsync("c1", default))!.Steps);
    }

    [Fact]
    public async Task Commands_AreListedOpenOldestFirst_AndSinceNewestFirst()
    {
        await RecordAsync(
            Noon, [], [.. Enumerable.Range(0, 5).Select(i => Command($"c{i}", Noon.AddMinutes(i)))], Memory(Noon, 1));
        await TransitionAsync("c1", CommandState.Proposed, CommandState.Expired, 9);
        await TransitionAsync("c3", CommandState.Proposed, CommandState.Applied, 9);
        await TransitionAsync("c4", CommandState.Proposed, CommandState.Failed, 9);

        Assert.Equal(["c0", "c2", "c3"], (await _ledger.ListOpenCommandsAsync(default)).Select(c => c.Id));
        Assert.Equal(
            ["c4", "c3", "c2"],
            (await _ledger.ListCommandsAsync(Noon.AddMinutes(2), 10, default)).Select(c => c.Id));
        Assert.Equal(["c4"], (await _ledger.ListCommandsAsync(Noon, 1, default)).Select(c => c.Id));
    }

    [Fact]
    public async Task Pause_HoldsUntilItsEndOrAResume()
    {
        var group = new PauseRecord(new SecurityGroupId(2), "anna", "maintenance", Noon, Noon.AddHours(1));
        var all = new PauseRecord(null, "bert", "change freeze", Noon.AddMinutes(5), null);
        await _ledger.PauseAsync(group with { Reason = "first", Until = null }, default);
        await _ledger.PauseAsync(group, default);
        await _ledger.PauseAsync(all, default);

        Assert.Equal([group], await _ledger.ListPausesAsync(Noon, default));
        Assert.Equal([all, group], await _ledger.ListPausesAsync(Noon.AddMinutes(59), default));
        Assert.Equal([all], await _ledger.ListPausesAsync(Noon.AddHours(1), default));
        Assert.False(await _ledger.ResumeAsync(new PauseScope(new SecurityGroupId(2)), "anna", Noon.AddHours(1), default));
        Assert.True(await _ledger.ResumeAsync(new PauseScope(), "anna", Noon.AddHours(1), default));
        Assert.False(await _ledger.ResumeAsync(new PauseScope(), "anna", Noon.AddHours(1), default));
        Assert.Empty(await _ledger.ListPausesAsync(Noon.AddHours(1), default));
    }

    [Fact]
    public async Task Pauses_OfDirectionsAndSites_StandBesideEachOther()
    {
        var group = new SecurityGroupId(2);
        var adds = new PauseRecord(group, "anna", "adds", Noon, null, PauseDirection.Out);
        var removals = new PauseRecord(group, "anna", "removals", Noon, null, PauseDirection.In);
        var site = new PauseRecord(null, "anna", "power", Noon, null, PauseDirection.Both, new SiteId(1));
        foreach (var pause in new[] { adds, removals, site })
        {
            await _ledger.PauseAsync(pause, default);
        }

        Assert.Equal([site, removals, adds], await _ledger.ListPausesAsync(Noon, default));
        Assert.False(await _ledger.ResumeAsync(new PauseScope(), "anna", Noon, default));
        Assert.True(await _ledger.ResumeAsync(new PauseScope(group, null, PauseDirection.Out), "anna", Noon, default));
        Assert.Equal([site, removals], await _ledger.ListPausesAsync(Noon, default));
        Assert.True(await _ledger.ResumeAsync(new PauseScope(group), "anna", Noon, default));
        Assert.True(await _ledger.ResumeAsync(new PauseScope(null, new SiteId(1)), "anna", Noon, default));
        Assert.Empty(await _ledger.ListPausesAsync(Noon, default));
    }

    [Fact]
    public async Task Reopened_HasEverything()
    {
        await RecordAsync(Noon, [Decision("d1", Noon, 1)], [Command("c1", Noon)], Memory(Noon, 3));
        await TransitionAsync("c1", CommandState.Proposed, CommandState.Applying, 1);
        await _ledger.PauseAsync(new PauseRecord(null, "anna", "x", Noon, null), default);
        await _ledger.DisposeAsync();
        _ledger = Open();

        Assert.Equal(CommandState.Applying, Assert.Single(await _ledger.ListOpenCommandsAsync(default)).State);
        Assert.Single(await ListAsync(1, Noon));
        Assert.Single(await _ledger.ListPausesAsync(Noon, default));
        AssertSame(Memory(Noon, 3), await _ledger.GetMemoryAsync(default));
    }

    private static DecisionRecord Decision(string id, DateTimeOffset time, int group) => new()
    {
        Id = id,
        Time = time,
        Group = new SecurityGroupId(group),
        Action = DecisionAction.Hold,
        Reason = ReasonCode.WithinDeadband,
        Sentence = "stays as it is",
        Members = 4,
        Desired = 4,
        CommittedUnits = 4,
        WantedUnits = 3.6,
        Binding = "predicted:CpuWork",
    };

    private static ScalingCommand Command(string id, DateTimeOffset created) => new()
    {
        Id = id,
        Kind = CommandKind.Add,
        Serial = new GatewaySerial("SN1"),
        Site = new SiteId(1),
        To = new SecurityGroupId(1),
        DecisionId = "d1",
        Reason = "the forecast asks for more",
        Mode = ScalingMode.Enforce,
        CreatedAt = created,
        ExpiresAt = created.AddHours(1),
    };

    private static PlannerMemory Memory(DateTimeOffset time, double units) => new()
    {
        Groups = ImmutableSortedDictionary<int, GroupMemory>.Empty
            .Add(1, new GroupMemory { Wanted = [new(time, units), new(time.AddMinutes(1), double.NaN)], Members = ["SN1"] })
            .Add(12, new GroupMemory { OutOfBandAt = time.AddTicks(3) }),
    };

    // Records compare their arrays by reference, so their members are compared one by one.
    private static void AssertSame<T>(T expected, T? actual)
        where T : class
    {
        Assert.NotNull(actual);
        Assert.Equivalent(expected, actual, strict: true);
    }

    private Task RecordAsync(
        DateTimeOffset time,
        ImmutableArray<DecisionRecord> decisions,
        ImmutableArray<ScalingCommand> commands,
        PlannerMemory memory) =>
        _ledger.RecordPlanAsync(new ScalingPlan(time, decisions, commands, memory), default);

    private Task<bool> TransitionAsync(string id, CommandState expected, CommandState next, int minute) =>
        _ledger.TransitionAsync(
            id, expected, next, new CommandStep(Noon.AddMinutes(minute), next, "anna", $"note {minute}"), default);

    private Task<IReadOnlyList<DecisionRecord>> ListAsync(int? group, DateTimeOffset before, int limit = 100) =>
        _ledger.ListDecisionsAsync(
            group is { } number ? new SecurityGroupId(number) : null, before, limit, default);
}
