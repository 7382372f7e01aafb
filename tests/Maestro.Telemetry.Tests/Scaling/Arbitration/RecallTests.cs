using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Tests.Scaling.Arbitration;

public sealed class RecallTests
{
    [Fact]
    public void ApprovedRemoval_OfAGroupThatNeedsTheSgmAgain_IsCalledOffInsteadOfAnAdd()
    {
        var plan = new Scene().Group(1, members: 5, demand: 2, forecast: 3.4).Pool(2)
            .Command("G1M05", 1, null, CommandState.Approved).Plan();

        Assert.Equal(["old-000"], plan.Withdrawn.AsEnumerable());
        Assert.Empty(plan.Commands);
        var decision = plan.Decisions[0];
        Assert.Equal((DecisionAction.Hold, ReasonCode.RemovalRecalled), (decision.Action, decision.Reason));
        Assert.Contains("G1M05", decision.Sentence, StringComparison.Ordinal);
        Assert.Contains("is called off", decision.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void ProposedRemoval_OfAGroupThatIsShortAnyway_IsCalledOff_AndAnSgmIsAddedBesides()
    {
        var plan = new Scene().Group(1, members: 4, demand: 2, forecast: 3.4).Pool(1)
            .Command("G1M04", 1, null, CommandState.Proposed).Plan();

        Assert.Equal(["old-000"], plan.Withdrawn.AsEnumerable());
        Assert.Equal(CommandKind.Add, Assert.Single(plan.Commands).Kind);
    }

    [Fact]
    public void MoveToAnotherGroup_IsCalledOffToo() =>
        Assert.Equal(
            ["old-000"],
            new Scene().Group(1, members: 5, demand: 2, forecast: 3.4).Group(2, members: 4, demand: 2)
                .Command("G1M05", 1, 2, CommandState.Approved).Plan().Withdrawn.AsEnumerable());

    [Theory]
    [InlineData(CommandState.Applying)]
    [InlineData(CommandState.Applied)]
    public void RemovalThatWasSent_IsNotCalledOff(CommandState state) =>
        Assert.Empty(new Scene().Group(1, members: 5, demand: 2, forecast: 3.4).Pool(2)
            .Command("G1M05", 1, null, state).Plan().Withdrawn);

    [Fact]
    public void RemovalOfAGroupThatHasEnough_GoesOn() =>
        Assert.Empty(new Scene().Group(1, members: 5, demand: 2)
            .Command("G1M05", 1, null, CommandState.Approved).Plan().Withdrawn);

    [Theory]
    [InlineData("dip", "DIP_GUARD", "may be an outage")]
    [InlineData("silent", "STALE", "the newest sample is 51 s old")]
    [InlineData("freeze", "FREEZE", "schedule quarter-end forbids every change now")]
    [InlineData("member", "MEMBER_NOT_ACTIVE", "SGM G1M02 is Down, not ACTIVE")]
    [InlineData("untrusted", "FORECAST_UNTRUSTED", "nothing is removed without a forecast")]
    [InlineData("floor", "GROUP_MIN", "it keeps at least 5 SGMs")]
    [InlineData("survive", "NPLUSF", "after it and the loss of 3 more, 1.0 units would be left")]
    [InlineData("upgrade", "UPGRADE_IN_PROGRESS", "S15")]
    [InlineData("smo", "FABRIC_RULE", "is the SMO by now")]
    public void RemovalThatWouldNotBeAllowedNow_IsCalledOff_AndTheRecordSaysWhy(string fault, string code, string why)
    {
        foreach (var state in new[] { CommandState.Proposed, CommandState.Approved })
        {
            var plan = Leaving(fault, state).Plan();

            var withdrawal = Assert.Single(plan.Withdrawals);
            Assert.Equal(("old-000", code), (withdrawal.Id, ReasonCodes.ToCode(withdrawal.Reason)));
            Assert.Contains(why, withdrawal.Sentence, StringComparison.Ordinal);
            var decision = plan.Decisions[0];
            Assert.Contains(why, string.Join(" ", DecisionSentences.Explain(decision)), StringComparison.Ordinal);
            Assert.Contains(decision.Steps, s => s.Rule == code);
            Assert.Contains("is called off", Assert.Single(decision.Steps, s => s.Rule == "REMOVAL_RECALLED").Note, StringComparison.Ordinal);
            Assert.DoesNotContain(plan.Commands, c => c.From is not null);
        }
    }

    [Theory]
    [InlineData("stale", 0, "the newest sample is 30 s old")]
    [InlineData("uncovered", 0, "only 80 % of the ACTIVE members have fresh samples")]
    [InlineData("recovering", 0, "its telemetry is good again, and 2 more good samples are waited for")]
    [InlineData("lost", null, "samples are missing among the last 3, and 2 more are waited for")]
    [InlineData("silent", 1, "the newest sample is 51 s old")]
    [InlineData("", null, null)]
    public void ProposedRemoval_InAShortGap_WaitsAndCannotBeApproved_AndAnApprovedOneIsCalledOff(
        string fault, int? withdrawn, string? why)
    {
        var scene = Leaving(fault, CommandState.Proposed);

        Assert.Equal(withdrawn ?? 0, scene.Plan().Withdrawals.Length);
        Assert.Equal(why, ApprovalRules.Why(scene.Input(), scene.Commands[0]));
        Assert.Equal(withdrawn is null ? 0 : 1, Leaving(fault, CommandState.Approved).Plan().Withdrawals.Length);
    }

    [Fact]
    public void ProposedAdd_CanBeApprovedInAGap() => Assert.Null(ApprovalRules.Why(
        Leaving("silent", CommandState.Proposed).Input(),
        new Scene().Pool(1).Command("FREE101", null, 1, CommandState.Proposed).Commands[0]));

    [Fact]
    public void PlanThatBreaksRules_StillCallsOffRemovals_AndNothingElse()
    {
        var scene = new Scene().Group(1, members: 5, demand: 2).Group(2, members: 4, demand: 2).Pool(1)
            .Command("G1M05", 1, null, CommandState.Approved)
            .Command("G1M04", 1, 2, CommandState.Approved)
            .Command("FREE101", null, 1, CommandState.Proposed);
        var plan = scene.Plan() with
        {
            Commands = [.. scene.Commands],
            Withdrawals = [.. scene.Commands.Select(c => new Withdrawal(c.Id, ReasonCode.RemovalRecalled, "it is needed"))],
        };

        var left = plan.Refused(scene.Input().Commands);

        Assert.Empty(left.Commands);
        Assert.Equal(["old-000"], left.Withdrawn.AsEnumerable());
        Assert.Equal(plan.Decisions, left.Decisions);
    }

    [Fact]
    public void ProposedRemoval_OfAGroupWhoseNeedGrewMeanwhile_IsCalledOff_ThoughItIsNotShortYet()
    {
        var plan = Leaving("need", CommandState.Proposed).Plan();

        var withdrawal = Assert.Single(plan.Withdrawals);
        Assert.Equal(("old-000", ReasonCode.Predicted), (withdrawal.Id, withdrawal.Reason));
        Assert.Equal("it needs 5.0 units by now and would have 4.0", withdrawal.Sentence);
        Assert.Empty(plan.Commands);
    }

    [Theory]
    [InlineData("")]
    [InlineData("pause")]
    [InlineData("cooldown")]
    [InlineData("low sample")]
    public void RemovalThatIsOnlyHeldUp_IsNotCalledOff(string fault)
    {
        Assert.Empty(Leaving(fault, CommandState.Proposed).Plan().Withdrawals);
        Assert.Empty(Leaving(fault, CommandState.Approved).Plan().Withdrawals);
    }

    [Theory]
    [InlineData(1, true, 0)]
    [InlineData(1, false, 1)]
    [InlineData(3, true, 1)]
    public void SgmThatAHigherPriorityTakes_IsNotCalledBackForWhatTheGroupWouldRatherHave(
        int priority, bool allowed, int withdrawn)
    {
        // Once it is approved, the group has four and is short for what it would rather have.
        foreach (var state in new[] { CommandState.Proposed, CommandState.Approved })
        {
            Assert.Equal(withdrawn, new Scene()
                .Group(1, members: 5, demand: 2, forecast: 3.1, policy: p => p with { Priority = 3, AllowPreemption = allowed })
                .Group(2, members: 4, demand: 2, policy: p => p with { Priority = priority })
                .Command("G1M05", 1, 2, state).Plan().Withdrawals.Length);
        }
    }

    [Theory]
    [InlineData(ScalingMode.Enforce, true)]
    [InlineData(ScalingMode.Recommend, false)]
    public void ProposedAdd_ThatNobodyHasToBeAskedForAnyMore_IsMadeInstead(ScalingMode mode, bool made)
    {
        var scene = new Scene()
            .Group(1, members: 4, demand: 3.6, policy: p => p with { ScaleOutMode = mode })
            .Pool(1)
            .Command("FREE101", null, 1, CommandState.Proposed, mode: ScalingMode.Recommend);

        Assert.Equal(made, scene.Plan().Withdrawals.Any(w => w.Id == "old-000"));

        scene.Commands[0] = scene.Commands[0] with { State = CommandState.Expired };
        Assert.Equal(mode, Assert.Single(scene.Plan().Commands).Mode);
    }

    [Fact]
    public void ImputedDemand_CountsTheSgmThatLeavesOnce() =>
        Assert.Empty(new Scene()
            .Group(1, members: 12, demand: 7.5, forecast: 7.5)
            .Telemetry(1, t => t with { Coverage = 11.0 / 12 })
            .Command("G1M12", 1, null, CommandState.Approved).Plan().Withdrawals);

    [Theory]
    [InlineData("unknown", "which does not exist")]
    [InlineData("sent", "was sent already, or has ended")]
    [InlineData("add", "takes no SGM from a group")]
    [InlineData("no record", "no decision for SG 1 says why")]
    [InlineData("enough", "and would have more without the SGM")]
    [InlineData("twice", "2 times")]
    public void Validator_RefusesWhatAPlanMustNotCallOff(string fault, string finding)
    {
        var scene = Leaving("", CommandState.Approved).Pool(2)
            .Command("G1M04", 1, null, CommandState.Applied)
            .Command("FREE101", null, 1, CommandState.Proposed);
        var input = scene.Input();
        var plan = ScalingPlanner.Plan(input);
        var decision = plan.Decisions[0] with
        {
            WantedUnits = fault == "enough" ? 0.5 : 9,
            Steps = fault == "no record" ? [] : [new("REMOVAL_RECALLED", 0, 0, "the change to remove SGM G1M05 is called off")],
        };
        var id = fault switch { "unknown" => "nobody", "sent" => "old-001", "add" => "old-002", _ => "old-000" };
        var withdrawal = new Withdrawal(id, ReasonCode.RemovalRecalled, "the group needs it again");
        var wrong = plan with
        {
            Decisions = [decision],
            Withdrawals = fault == "twice" ? [withdrawal, withdrawal] : [withdrawal],
        };

        Assert.Contains(finding, Assert.Single(PlanValidator.Check(input, wrong)), StringComparison.Ordinal);
        Assert.Empty(PlanValidator.Check(input, wrong with
        {
            Decisions = [decision with { WantedUnits = 9, Steps = [new("REMOVAL_RECALLED", 0, 0, "SGM G1M05")] }],
            Withdrawals = [withdrawal with { Id = "old-000" }],
        }));
    }

    [Fact]
    public void FreedSgm_IsTakenBeforeOthersByTheGroupThatFreedIt() =>
        Assert.Equal("FREE102", Assert.Single(Freed(1, minutesAgo: 10, members: 4).Plan().Commands).Serial.Value);

    [Theory]
    [InlineData(10, 2, false)]
    [InlineData(10, 1, true)]
    [InlineData(31, 2, true)]
    public void FreedSgm_IsKeptForHalfAnHour_ExceptFromAHigherPriority(int minutesAgo, int priority, bool taken)
    {
        var scene = new Scene()
            .Group(1, members: 4, demand: 2, forecast: 3.4, policy: p => p with { Priority = priority })
            .Group(2, members: 4, demand: 2, forecast: 2.6)
            .Pool(1)
            .Command("FREE101", 2, null, CommandState.Verified, Scene.Noon.AddMinutes(-minutesAgo));

        Assert.Equal(taken ? 1 : 0, scene.Plan().Commands.Length);
        Assert.Equal(
            !taken, scene.Decide().Alternatives.Any(a => a.Contains("is kept for SG 2, which freed it", StringComparison.Ordinal)));
    }

    private static Scene Leaving(string fault, CommandState state)
    {
        var scene = new Scene()
            .Group(
                1,
                members: 5,
                demand: fault == "survive" ? 1.5 : 2,
                forecast: fault switch { "need" => 3.1, "survive" => 0.1, _ => 2 },
                trusted: fault != "untrusted",
                policy: p => p with
                {
                    Minimum = fault == "floor" ? 5 : 2,
                    SurviveFailures = fault == "survive" ? 3 : 1,
                    Schedules = fault == "freeze" ? [Frozen] : [],
                })
            .Command("G1M05", 1, null, state);
        return fault switch
        {
            "dip" => scene.Memory(1, m => m with { DipUntil = Scene.Noon.AddMinutes(30) }),
            "low sample" => scene.Memory(1, m => m with { DipSamples = 1 }),
            "stale" => scene.Telemetry(1, t => t with { NewestSample = Scene.Noon.AddSeconds(-30) }),
            "silent" => scene.Telemetry(1, t => t with { NewestSample = Scene.Noon.AddSeconds(-51) }),
            "uncovered" => scene.Telemetry(1, t => t with { Coverage = 0.8 }),
            "recovering" => scene.Memory(1, m => m with { SamplesToRecover = 3, LastSample = Scene.Noon.AddSeconds(-15) }),
            "lost" => scene.Telemetry(1, t => t with { KnownInARow = 1 }),
            "member" => scene.Gateway("G1M02", g => g with { State = MemberState.Down }),
            "upgrade" => scene.Gateway("G1M02", g => g with { Upgrade = UpgradeState.InProgress }),
            "smo" => scene.Gateway("G1M05", g => g with { MemberId = 0 }),
            "pause" => Paused(scene),
            "cooldown" => scene.Command("G1M04", null, 1, CommandState.Verified, Scene.Noon.AddMinutes(-6)),
            _ => scene,
        };
    }

    private static ScalingSchedule Frozen => new()
    {
        Name = "quarter-end",
        Kind = ScheduleKind.Freeze,
        Start = new(2026, 3, 4, 11, 0, 0),
        End = new(2026, 3, 4, 13, 0, 0),
        Zone = TimeZoneInfo.Utc,
    };

    private static Scene Paused(Scene scene)
    {
        scene.Pauses.Add(new(new(1), "anna", "test", Scene.Noon, null, PauseDirection.In));
        return scene;
    }

    private static Scene Freed(int by, int minutesAgo, int members) => new Scene()
        .Group(1, members, demand: 2, forecast: 3.4)
        .Pool(2)
        .Command("FREE102", by, null, CommandState.Verified, Scene.Noon.AddMinutes(-minutesAgo));
}
