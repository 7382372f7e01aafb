using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Server.Autoscaling;

namespace Maestro.Telemetry.Tests.Service;

public sealed class CommandGateTests
{
    [Fact]
    public void Admit_EachMode_DropsProposesOrApproves()
    {
        var plan = new ScalingPlan(
            Given.Noon,
            [],
            [
                Given.Command("observed", mode: ScalingMode.Observe),
                Given.Command("recommended", mode: ScalingMode.Recommend),
                Given.Command("enforced", mode: ScalingMode.Enforce),
            ],
            PlannerMemory.Empty);

        var admitted = CommandGate.Admit(plan);

        Assert.Equal(
            [("recommended", CommandState.Proposed), ("enforced", CommandState.Approved)],
            admitted.Commands.Select(c => (c.Id, c.State)));
    }

    [Fact]
    public void Refuse_EveryModeStateAndPause_PassesOnlyWhatIsApprovedAndFree()
    {
        foreach (var mode in Enum.GetValues<ScalingMode>())
        {
            foreach (var state in Enum.GetValues<CommandState>())
            {
                foreach (var (pause, holds) in Pauses())
                {
                    var refusal = CommandGate.Refuse(
                        Given.Command(state: state), pause is null ? [] : [pause], [Given.Policy(1, mode, mode)], Given.Noon);

                    var expected = mode is ScalingMode.Enforce && !holds
                        && (state is CommandState.Approved or CommandState.Applying);
                    Assert.True(expected == (refusal is null), $"{mode} {state} {pause}: {refusal}");
                }
            }
        }
    }

    [Theory]
    [InlineData("autoscaler", false)]
    [InlineData("ana", true)]
    public void Refuse_Recommend_PassesOnlyWhatAnOperatorApproved(string actor, bool passes)
    {
        var command = Given.Command() with
        {
            Steps = [new CommandStep(Given.Noon, CommandState.Approved, actor, "Approved.")],
        };

        var refusal = CommandGate.Refuse(command, [], [Given.Policy(1, ScalingMode.Recommend, ScalingMode.Recommend)], Given.Noon);

        Assert.Equal(passes, refusal is null);
    }

    [Fact]
    public void Refuse_GroupWithoutAPolicyByNow_IsNobodysToChange() =>
        Assert.Equal("The policy says observe; nothing is sent.", CommandGate.Refuse(Given.Command(), [], [], Given.Noon));

    [Theory]
    [InlineData(null, 1, ScalingMode.Observe, ScalingMode.Enforce)]
    [InlineData(1, null, ScalingMode.Enforce, ScalingMode.Observe)]
    public void Refuse_ObserveInTheDirectionOfTheCommand_SaysSo(
        int? from, int? to, ScalingMode scaleOut, ScalingMode scaleIn)
    {
        var refusal = CommandGate.Refuse(
            Given.Command(from: from, to: to), [], [Given.Policy(1, scaleOut, scaleIn)], Given.Noon);

        Assert.Equal("The policy says observe; nothing is sent.", refusal);
        Assert.Null(CommandGate.Refuse(Given.Command(from: to, to: from), [], [Given.Policy(1, scaleOut, scaleIn)], Given.Noon));
    }

    [Fact]
    public void Refuse_MoveOutOfAPausedGroup_NamesWhoPausedAndWhy()
    {
        var pause = new PauseRecord(new(2), "ana", "Maintenance.", Given.Noon, null);

        var refusal = CommandGate.Refuse(Given.Command(from: 2, to: 1), [pause], [], Given.Noon);

        Assert.Equal("ana paused group 2: Maintenance.", refusal);
    }

    [Theory]
    [InlineData(PauseDirection.Out, null, 1, true)]
    [InlineData(PauseDirection.Out, 1, null, false)]
    [InlineData(PauseDirection.In, null, 1, false)]
    [InlineData(PauseDirection.In, 1, null, true)]
    public void Refuse_PauseOfOneDirection_PassesTheOther(PauseDirection direction, int? from, int? to, bool refused)
    {
        var policies = new[] { Given.Policy(1, ScalingMode.Enforce, ScalingMode.Enforce) };
        foreach (var (site, covers) in new (int?, bool)[] { (null, true), (1, true), (2, false) })
        {
            var pause = new PauseRecord(
                null, "ana", "x", Given.Noon, null, direction, site is { } s ? new(s) : null);
            var command = Given.Command(from: from, to: to) with { Site = new(1) };

            Assert.Equal(refused && covers, CommandGate.Refuse(command, [pause], policies, Given.Noon) is not null);
        }
    }

    [Fact]
    public void Refuse_EndedPause_PassesAgain()
    {
        var pause = new PauseRecord(null, "ana", "x", Given.Noon.AddHours(-1), Given.Noon);

        Assert.Null(CommandGate.Refuse(
            Given.Command(), [pause], [Given.Policy(1, ScalingMode.Enforce, ScalingMode.Enforce)], Given.Noon));
    }

    [Theory]
    [InlineData(ScheduleKind.Freeze, false, null, 1, true)]
    [InlineData(ScheduleKind.Freeze, true, null, 1, false)]
    [InlineData(ScheduleKind.Freeze, true, 1, null, true)]
    [InlineData(ScheduleKind.Window, false, 1, null, false)]
    [InlineData(ScheduleKind.Floor, false, 1, null, false)]
    public void Refuse_FreezeThatHasBegunSinceThePlan(
        ScheduleKind kind, bool allowEmergency, int? from, int? to, bool refused)
    {
        var schedule = new ScalingSchedule
        {
            Name = "x",
            Kind = kind,
            Start = Given.Noon.UtcDateTime.AddHours(-1),
            End = Given.Noon.UtcDateTime.AddHours(1),
            Zone = TimeZoneInfo.Utc,
            AllowEmergency = allowEmergency,
        };
        var policy = Given.Policy(1, ScalingMode.Enforce, ScalingMode.Enforce) with { Schedules = [schedule] };
        var command = Given.Command(from: from, to: to);

        Assert.Equal(refused, CommandGate.Refuse(command, [], [policy], Given.Noon) is not null);
        var later = CommandGate.Refuse(command, [], [policy], Given.Noon.AddHours(2));
        Assert.Equal(kind == ScheduleKind.Window, later is not null);
    }

    private static IEnumerable<(PauseRecord? Pause, bool Holds)> Pauses() =>
    [
        (null, false),
        (new PauseRecord(null, "ana", "All.", Given.Noon, null), true),
        (new PauseRecord(new(1), "ana", "This group.", Given.Noon, null), true),
        (new PauseRecord(new(2), "ana", "Another group.", Given.Noon, null), false),
    ];
}
