using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Tests.Scaling.Guards;

/// <summary>An SGM that has just become ACTIVE carries its share only partly.</summary>
public sealed class WarmUpTests
{
    [Theory]
    [InlineData(4, DecisionAction.Hold)]
    [InlineData(5, DecisionAction.Remove)]
    public void Removal_WaitsUntilTheNewMemberIsWarm(int minutes, DecisionAction action)
    {
        var decision = new Scene()
            .Group(1, members: 8, demand: 1, policy: p => p with { Cooldown = TimeSpan.Zero })
            .Command("G1M08", null, 1, CommandState.Verified, Scene.Noon.AddMinutes(-minutes))
            .Decide();

        Assert.Equal(action, decision.Action);
        if (action is DecisionAction.Hold)
        {
            Assert.Equal(ReasonCode.ChangeInFlight, decision.Reason);
            Assert.Contains("SGM G1M08 has just become ACTIVE and warms up until 12:01 UTC", decision.Sentence, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(4, DecisionAction.Hold)]
    [InlineData(6, DecisionAction.Add)]
    public void Emergency_IsNotJudgedByAnSgmThatBoots(int minutes, DecisionAction action)
    {
        // The new one is full and the others are at 84 %: 88 % together, and only so above the hard limit of 85 %.
        var freeze = new ScalingSchedule
        {
            Name = "freeze",
            Kind = ScheduleKind.Freeze,
            Days = [.. Enum.GetValues<DayOfWeek>()],
            From = new(6, 0),
            To = new(18, 0),
            Zone = TimeZoneInfo.Utc,
            AllowEmergency = true,
        };
        var decision = new Scene()
            .Group(1, members: 4, demand: 3.52, policy: p => p with { Schedules = [freeze] })
            .Pool(1)
            .Telemetry(1, t => t with
            {
                Members = [.. Enumerable.Range(1, 4).Select(i => new MemberLoad(new($"G1M0{i}"), i == 4 ? 1 : 0.84))],
            })
            .Command("G1M04", null, 1, CommandState.Verified, Scene.Noon.AddMinutes(-minutes))
            .Decide();

        Assert.Equal(action, decision.Action);
    }
}
