using Maestro.Telemetry.Simulator.Fabric;
using Maestro.Telemetry.Simulator.Scenarios;

namespace Maestro.Telemetry.Tests.Simulation;

public sealed class SimulatedFabricTests
{
    private const string Member = "1007RT1940";
    private const string Free = "1007RT1955";

    private readonly ManualTime _time = new(new(2026, 1, 12, 8, 0, 0, TimeSpan.Zero));
    private readonly SimulatedFabric _fabric;

    public SimulatedFabricTests() => _fabric = new(Scenario.DualSite(), _time);

    [Fact]
    public void Stage_DeploysNothing()
    {
        Assert.Null(_fabric.Stage(Free, 1));

        var gateway = _fabric.View().Find(Free)!;
        Assert.Equal((0, 1, SgmState.Unassigned), (gateway.Group, gateway.PendingGroup, gateway.State));
        Assert.Equal(Free, Assert.Single(_fabric.View().Pending).Serial);
    }

    [Fact]
    public void Apply_Joins_FromInitOverReadyToActive()
    {
        _fabric.Stage(Free, 1);

        Assert.Empty(_fabric.Apply());

        var states = new List<SgmState> { State(Free) };
        for (var second = 0; second < 3_600 && states[^1] != SgmState.Active; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            if (State(Free) != states[^1])
            {
                states.Add(State(Free));
            }
        }

        Assert.Equal([SgmState.Init, SgmState.Ready, SgmState.Active], states);
        Assert.Equal(7, _fabric.View().Find(Free)!.MemberId);
        Assert.Empty(_fabric.View().Pending);
    }

    [Fact]
    public void Apply_OfTwoHandsAtOnce_DeploysBoth()
    {
        _fabric.Stage(Free, 1);
        _fabric.Stage("1007RT1958", 2);

        _fabric.Apply();

        Assert.Equal((1, 2), (_fabric.View().Find(Free)!.Group, _fabric.View().Find("1007RT1958")!.Group));
    }

    [Fact]
    public void Remove_DrainsThenIsFree()
    {
        _fabric.Stage(Member, 0);
        _fabric.Apply();

        Assert.Equal(SgmState.Down, State(Member));
        Assert.DoesNotContain(_fabric.View().ActiveOf(1), g => g.Serial == Member);
        _time.Advance(_fabric.Scenario.Joining.Drain);
        Assert.Equal(SgmState.Unassigned, State(Member));
    }

    [Fact]
    public void Move_IsARemovalThenAJoin()
    {
        _fabric.Stage(Member, 2);
        _fabric.Apply();

        Assert.Equal((2, SgmState.Down), (_fabric.View().Find(Member)!.Group, State(Member)));
        _time.Advance(_fabric.Scenario.Joining.Drain);
        Assert.Equal(SgmState.Init, State(Member));
        var change = Assert.Single(_fabric.Changes);
        Assert.Equal((Member, 1, 2, false), (change.Serial, change.FromGroup, change.ToGroup, change.OutOfBand));
    }

    [Fact]
    public void Smo_IsTheActiveMemberWithTheLowestNumber()
    {
        Assert.Equal(Member, Smo());

        _fabric.Break(Member);

        Assert.Equal("1007RT1943", Smo());
        _fabric.Revive(Member);
        Assert.Equal("1007RT1943", Smo());
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(Member, Smo());

        string Smo() => Assert.Single(_fabric.View().MembersOf(1), g => g.IsSmo).Serial;
    }

    [Fact]
    public void Discard_ForgetsWhatIsStaged()
    {
        _fabric.Stage(Free, 1, "spare");

        _fabric.Discard();

        Assert.Empty(_fabric.View().Pending);
        Assert.Empty(_fabric.Apply());
        Assert.Equal(0, _fabric.View().Find(Free)!.Group);
    }

    [Fact]
    public void Apply_AboveTheSiteCap_IsRefusedWhole()
    {
        var scenario = Scenario.DualSite() with { Rules = new() { MaxMembersPerSite = 3 } };
        var fabric = new SimulatedFabric(scenario, _time);
        fabric.Stage(Free, 1);
        fabric.Stage("1007RT1958", 2);

        var problem = Assert.Single(fabric.Apply());

        Assert.Contains("would have 4 gateways on site 1, the maximum is 3", problem, StringComparison.Ordinal);
        Assert.Equal(2, fabric.View().Pending.Count());
        Assert.Empty(fabric.Changes);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void Apply_TakingTheLastMember_IsRefusedUnlessSwitchedOff(bool protect, int problems)
    {
        var scenario = Scenario.DualSite() with { Rules = new() { ProtectLastMember = protect } };
        var fabric = new SimulatedFabric(scenario, _time);
        foreach (var member in fabric.View().MembersOf(3))
        {
            fabric.Stage(member.Serial, 0);
        }

        Assert.Equal(problems, fabric.Apply().Length);
    }

    [Fact]
    public void Apply_AssigningALostGateway_IsRefused()
    {
        _fabric.Break(Free);
        _fabric.Stage(Free, 1);

        Assert.Contains("is not reachable", Assert.Single(_fabric.Apply()), StringComparison.Ordinal);
    }

    [Fact]
    public void FailJoins_EndsDownAndStaysDown()
    {
        _fabric.FailJoins(Free);
        _fabric.Stage(Free, 1);
        _fabric.Apply();

        Assert.Equal(SgmState.Init, State(Free));
        _time.Advance(TimeSpan.FromHours(2));

        Assert.Equal(SgmState.Down, State(Free));
    }

    [Fact]
    public void OutOfBand_DeploysAtOnceAndLeavesWhatIsStaged()
    {
        _fabric.Stage("1007RT1958", 2);

        Assert.Null(_fabric.DeployOutOfBand(Free, 1));

        Assert.Equal(1, _fabric.View().Find(Free)!.Group);
        Assert.True(Assert.Single(_fabric.Changes).OutOfBand);
        Assert.Equal("1007RT1958", Assert.Single(_fabric.View().Pending).Serial);
    }

    [Theory]
    [InlineData("1007RT0000", 1, "Gateway [1007RT0000] not found")]
    [InlineData(Free, 9, "Security Group [9] not found")]
    public void Stage_Unknown_SaysWhat(string serial, int group, string problem) =>
        Assert.Equal(problem, _fabric.Stage(serial, group));

    [Fact]
    public void JoinTimes_AreAroundTheMedianAndRepeatable()
    {
        var profile = new JoinProfile();
        var minutes = Enumerable.Range(0, 1_000).Select(i => profile.Draw(5, Free, i).TotalMinutes).Order().ToArray();

        Assert.InRange(minutes[500], 7.6, 8.4);
        Assert.InRange(minutes[0], 2, 6);
        Assert.InRange(minutes[^1], 10, 25);
        Assert.Equal(profile.Draw(5, Free, 3), profile.Draw(5, Free, 3));
    }

    private SgmState State(string serial) => _fabric.View().Find(serial)!.State;
}
