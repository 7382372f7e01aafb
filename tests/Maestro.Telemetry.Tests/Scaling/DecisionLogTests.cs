using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Tests.Scaling;

public sealed class DecisionLogTests
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMinutes(15);
    private static readonly DecisionRecord Last = new Scene().Group(1, members: 4, demand: 2).Decide();

    private static readonly Dictionary<string, Func<DecisionRecord, DecisionRecord>> Changes = new()
    {
        { "action", r => r with { Action = DecisionAction.Add } },
        { "reason", r => r with { Reason = ReasonCode.Stale } },
        { "serial", r => r with { Serial = new GatewaySerial("X") } },
        { "other group", r => r with { OtherGroup = new SecurityGroupId(2) } },
        { "desired", r => r with { Desired = r.Desired + 1 } },
        { "brake", r => r with { Steps = [.. r.Steps, new("BUDGET", 4, 4)] } },
        { "mode", r => r with { ModeOut = ScalingMode.Enforce } },
        { "policy", r => r with { PolicyVersion = "another" } },
        { "lost", r => r with { Lost = new(new("X"), new(2), 1, 2, "It is short.") } },
    };

    public static TheoryData<string> Changed => [.. Changes.Keys];

    [Fact]
    public void FirstRecordOfAGroup_IsWritten() => Assert.True(IsDue(null, Last, minutes: 0));

    [Theory]
    [MemberData(nameof(Changed))]
    public void ChangedRecord_IsWrittenAtOnce(string what) => Assert.True(IsDue(Last, Changes[what](Last), minutes: 1));

    [Fact]
    public void SameDecisionWithOtherNumbers_IsNotWritten()
    {
        var next = Last with
        {
            Id = "another",
            Sentence = "Stays, with 2.1 units.",
            WantedUnits = 2.1,
            Steps = [.. Last.Steps, new("SURPLUS", 4, 3)],
            TelemetryAge = TimeSpan.FromSeconds(9),
        };

        Assert.False(IsDue(Last, next, minutes: 14.9));
        Assert.True(IsDue(Last, next, minutes: 15));
    }

    [Fact]
    public void ClockThatWasSetBack_WritesAtOnce() => Assert.True(IsDue(Last, Last, minutes: -1));

    [Fact]
    public void ReleasedBrake_IsWrittenAtOnce()
    {
        var braked = Last with { Steps = [new("STALE", 4, 4), new("STALE", 4, 4), new("BUDGET", 4, 4)] };

        Assert.False(IsDue(braked, braked with { Steps = [new("BUDGET", 4, 4), new("STALE", 4, 4)] }, minutes: 1));
        Assert.True(IsDue(braked, Last with { Steps = [new("STALE", 4, 4)] }, minutes: 1));
    }

    private static bool IsDue(DecisionRecord? last, DecisionRecord next, double minutes) =>
        DecisionLog.IsDue(last, next, Last.Time.AddMinutes(minutes), Heartbeat);
}
