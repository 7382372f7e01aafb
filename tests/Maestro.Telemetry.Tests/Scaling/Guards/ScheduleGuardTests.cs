using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Tests.Scaling.Guards;

/// <summary>Schedules as states: floors, ceilings, freezes and windows for removals.</summary>
public sealed class ScheduleGuardTests
{
    private static readonly DayOfWeek[] EveryDay = Enum.GetValues<DayOfWeek>();

    [Fact]
    public void Freeze_StopsEverything()
    {
        var shorts = Group(4, 3.4, Weekly(ScheduleKind.Freeze)).Pool(1).Decide();
        var rich = Group(8, 1.5, Weekly(ScheduleKind.Freeze)).Decide();

        Assert.Equal((DecisionAction.Hold, ReasonCode.Freeze), (shorts.Action, shorts.Reason));
        Assert.Equal((DecisionAction.Hold, ReasonCode.Freeze), (rich.Action, rich.Reason));
    }

    [Theory]
    [InlineData(true, 3.9, DecisionAction.Add)]
    [InlineData(true, 2.9, DecisionAction.Hold)]
    [InlineData(false, 3.9, DecisionAction.Hold)]
    public void Freeze_LetsAnEmergencyGrow_WhereThatIsAllowed(bool allowed, double demand, DecisionAction action) =>
        Assert.Equal(
            action, Group(4, demand, Weekly(ScheduleKind.Freeze) with { AllowEmergency = allowed }).Pool(1).Decide().Action);

    [Theory]
    [InlineData("11:00", DecisionAction.Remove, ReasonCode.Surplus)]
    [InlineData("12:01", DecisionAction.Hold, ReasonCode.Maintenance)]
    public void Window_IsTheOnlyTimeForRemovals(string from, DecisionAction action, ReasonCode reason)
    {
        var window = Weekly(ScheduleKind.Window) with { From = TimeOnly.ParseExact(from, "HH:mm", null) };

        var decision = Group(8, 1.5, window).Decide();

        Assert.Equal((action, reason), (decision.Action, decision.Reason));
    }

    [Fact]
    public void Window_IsKeptByMovesToo()
    {
        var window = Weekly(ScheduleKind.Window) with { From = new(13, 0) };
        var scene = Group(8, 1.5, window).Group(2, members: 4, demand: 3.4);

        Assert.Empty(scene.Plan().Commands);
        Assert.Contains(
            scene.Decide(2).Alternatives, a => a.Contains("outside the windows", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(5, 1)]
    [InlineData(4, 0)]
    [InlineData(3, 0)]
    public void Ceiling_EndsTheGrowth(int maximum, int added)
    {
        var scene = Group(4, 4.5, Weekly(ScheduleKind.Ceiling) with { Maximum = maximum }).Pool(3);

        Assert.Equal(added, scene.Plan().Commands.Length);
        Assert.Equal(added == 0 ? ReasonCode.GroupMax : ReasonCode.Reactive, scene.Decide().Reason);
    }

    [Fact]
    public void LowestCeilingHolds_ButNoFloorAboveItGivesWay()
    {
        var policy = new ScalingPolicy
        {
            Group = new(1),
            Schedules =
            [
                Weekly(ScheduleKind.Ceiling) with { Name = "a", Maximum = 6 },
                Weekly(ScheduleKind.Ceiling) with { Name = "b", Maximum = 4 },
            ],
        };
        Assert.Equal(4, ScheduleRules.MaximumOf(policy, Scene.Noon));

        policy = policy with { Schedules = policy.Schedules.Add(Weekly(ScheduleKind.Floor) with { Minimum = 5 }) };
        Assert.Equal(5, ScheduleRules.MaximumOf(policy, Scene.Noon));
    }

    [Fact]
    public void Exact_IsAFloorAndACeiling()
    {
        var exact = Weekly(ScheduleKind.Exact) with { Minimum = 5, Maximum = 5 };

        Assert.Equal(DecisionAction.Add, Group(4, 1, exact).Pool(1).Decide().Action);
        Assert.Equal(ReasonCode.GroupMax, Group(5, 4.5, exact).Pool(1).Decide().Reason);
    }

    [Theory]
    [InlineData(ScheduleKind.Ceiling, 4, 6, true)]
    [InlineData(ScheduleKind.Ceiling, 6, 6, false)]
    [InlineData(ScheduleKind.Exact, 4, 4, true)]
    [InlineData(ScheduleKind.Freeze, 4, 4, false)]
    public void FloorAboveACeilingAtTheSameTime_IsAConflict(ScheduleKind kind, int maximum, int minimum, bool conflicts)
    {
        var floor = Weekly(ScheduleKind.Floor) with { Name = "floor", Minimum = Math.Max(5, minimum) };
        var other = Weekly(kind) with { Name = "other", Minimum = 1, Maximum = maximum };

        Assert.Equal(conflicts, ScheduleConflicts.Find([floor, other], 2, Scene.Noon).Count > 0);
    }

    [Fact]
    public void FloorAndCeilingAtOtherTimes_FitTogether()
    {
        var day = Weekly(ScheduleKind.Floor) with { Minimum = 6, From = new(8, 0), To = new(18, 0) };
        var night = Weekly(ScheduleKind.Ceiling) with { Maximum = 3, From = new(18, 0), To = new(8, 0) };
        Assert.Empty(ScheduleConflicts.Find([day, night], 2, Scene.Noon));

        var once = night with { Start = new(2031, 5, 6, 9, 0, 0), End = new(2031, 5, 6, 10, 0, 0) };
        Assert.Single(ScheduleConflicts.Find([day, once], 2, Scene.Noon));
        Assert.Single(ScheduleConflicts.Find([night], 4, Scene.Noon));
    }

    [Fact]
    public void Next_GivesTheComingOccurrences_WithTheOneThatHasBegun()
    {
        var next = ScheduleRules.Next(Weekly(ScheduleKind.Floor) with { Days = [DayOfWeek.Wednesday] }, Scene.Noon, 5);

        Assert.Equal(5, next.Count);
        Assert.Equal(Scene.Noon.AddHours(-1), next[0].Start);
        Assert.Equal(Scene.Noon.AddHours(-1).AddDays(28), next[4].Start);
        Assert.All(next, o => Assert.Equal(TimeSpan.FromHours(3), o.End - o.Start));
    }

    [Fact]
    public void Once_HoldsBetweenItsMoments_AndNeverAgain()
    {
        var once = Weekly(ScheduleKind.Freeze) with
        {
            Start = new(2026, 3, 4, 11, 0, 0),
            End = new(2026, 3, 6, 12, 0, 0),
        };

        Assert.True(ScheduleRules.HoldsWithin(once, Scene.Noon, Scene.Noon));
        Assert.False(ScheduleRules.HoldsWithin(once, Scene.Noon.AddDays(2), Scene.Noon.AddDays(2)));
        Assert.False(ScheduleRules.HoldsWithin(once, Scene.Noon.AddHours(-2), Scene.Noon.AddHours(-2)));
        Assert.Single(ScheduleRules.Next(once, Scene.Noon, 5));
    }

    private static Scene Group(int members, double demand, ScalingSchedule schedule) =>
        new Scene().Group(1, members, demand, policy: p => p with { Schedules = [schedule], MaxAddsPerCycle = 3 });

    private static ScalingSchedule Weekly(ScheduleKind kind) => new()
    {
        Name = "test",
        Kind = kind,
        Days = EveryDay,
        From = new(11, 0),
        To = new(14, 0),
        Zone = TimeZoneInfo.Utc,
    };
}
