using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Tests.Scaling.Guards;

/// <summary>What would be done at once is proposed when a budget is spent or failures and brakes pile up.</summary>
public sealed class ModeGuardTests
{
    [Theory]
    [InlineData(7, ScalingMode.Enforce)]
    [InlineData(8, ScalingMode.Recommend)]
    public void EighthChangeOfAGroupInADay_IsTheLastThatIsNotAsked(int made, ScalingMode mode)
    {
        var scene = Short();
        for (var i = 0; i < made; i++)
        {
            scene.Command("G1M01", null, 1, CommandState.Verified, Scene.Noon.AddHours(-23).AddMinutes(i));
        }

        var plan = scene.Plan();

        var command = Assert.Single(plan.Commands);
        Assert.Equal(mode, command.Mode);
        Assert.Equal(mode == ScalingMode.Recommend, command.Reason.Contains("8 changes", StringComparison.Ordinal));
        Assert.Equal(mode == ScalingMode.Recommend, plan.Decisions[0].Steps.Any(s => s.Rule == "BUDGET"));
    }

    [Theory]
    [InlineData(15, ScalingMode.Enforce)]
    [InlineData(16, ScalingMode.Recommend)]
    public void SixteenthChangeOnASiteInADay_IsTheLastThatIsNotAsked(int made, ScalingMode mode)
    {
        var scene = Short().Group(2, members: 4, demand: 2).Group(3, members: 4, demand: 2);
        for (var i = 0; i < made; i++)
        {
            var group = 2 + (i % 2);
            scene.Command($"G{group}M01", null, group, CommandState.Verified, Scene.Noon.AddHours(-20).AddMinutes(i));
        }

        Assert.Equal(mode, Assert.Single(scene.Plan().Commands).Mode);
    }

    [Fact]
    public void YesterdaysChangesAndProposals_CostNothing()
    {
        var scene = Short();
        for (var i = 0; i < 20; i++)
        {
            scene.Command("G1M01", null, 1, CommandState.Verified, Scene.Noon.AddHours(-25));
            scene.Command("G1M01", null, 1, CommandState.Expired, Scene.Noon.AddHours(-2));
        }

        Assert.Equal(ScalingMode.Enforce, Assert.Single(scene.Plan().Commands).Mode);
    }

    [Theory]
    [InlineData(2, ScalingMode.Enforce)]
    [InlineData(3, ScalingMode.Recommend)]
    public void ThirdBrakeOfADay_TakesAwayTheRightToActWithoutAsking(int trips, ScalingMode mode)
    {
        var scene = Short().Memory(1, m => m with
        {
            Trips =
            [
                .. Enumerable.Range(1, trips).Select(i =>
                    new BrakeTrip(ReasonCode.NoRelief, Scene.Noon.AddHours(-2 * i), Scene.Noon.AddHours(-2 * i))),
            ],
        });

        Assert.Equal(mode, Assert.Single(scene.Plan().Commands).Mode);
    }

    [Theory]
    [InlineData(false, 59, ReasonCode.ApplyFailed)]
    [InlineData(true, 59, ReasonCode.JoinTimeout)]
    public void TwoFailedAddsInARow_OpenTheCircuitForAnHour(bool applied, int minutes, ReasonCode reason)
    {
        var decision = Failed(minutes, applied).Decide();

        Assert.Equal((DecisionAction.Hold, reason), (decision.Action, decision.Reason));
    }

    [Fact]
    public void AfterAnHour_TheNextAddIsProposedOnly_UntilOneSucceeds()
    {
        var failed = Failed(minutes: 61, applied: true);
        Assert.Equal(ScalingMode.Recommend, Assert.Single(failed.Plan().Commands).Mode);

        failed.Command("G1M04", null, 1, CommandState.Verified, Scene.Noon.AddMinutes(-30));
        Assert.Equal(ScalingMode.Enforce, Assert.Single(failed.Plan().Commands).Mode);
    }

    [Fact]
    public void OneFailedAdd_StopsNothing() =>
        Assert.Equal(
            ScalingMode.Enforce,
            Assert.Single(Short()
                .Command("FREE102", null, 1, CommandState.Verified, Scene.Noon.AddMinutes(-90))
                .Command("FREE103", null, 1, CommandState.Failed, Scene.Noon.AddMinutes(-10))
                .Plan().Commands).Mode);

    [Theory]
    [InlineData(3.2, "", ScalingMode.Recommend)]
    [InlineData(3.5, "", ScalingMode.Enforce)]
    [InlineData(3.2, "trusted", ScalingMode.Enforce)]
    [InlineData(3.2, "never had one", ScalingMode.Enforce)]
    [InlineData(3.2, "below its minimum", ScalingMode.Enforce)]
    [InlineData(2.0, "below its minimum", ScalingMode.Enforce)]
    [InlineData(3.2, "nobody answers", ScalingMode.Enforce)]
    public void BusyGroupThatHasLostItsForecast_AsksForAdds_UntilTheHardLimit(
        double demand, string fact, ScalingMode mode)
    {
        var scene = new Scene()
            .Group(1, members: 4, demand, trusted: fact == "trusted", policy: p => p with
            {
                ScaleOutMode = ScalingMode.Enforce,
                MaxAddsPerCycle = 1,
                Minimum = fact == "below its minimum" ? 5 : 2,
            })
            .Pool(3)
            .Memory(1, m => m with { ForecastAt = fact == "never had one" ? null : Scene.Noon.AddHours(-2) });
        var input = scene.Input() with { ProposalsAreAnswered = fact != "nobody answers" };

        var plan = ScalingPlanner.Plan(input);

        var command = Assert.Single(plan.Commands);
        Assert.Equal(mode, command.Mode);
        var said = "is used at 80 % and has had no forecast to rely on since 10:00 UTC; until it has one again, adds are made "
            + "above 85 % only";
        Assert.Equal(mode == ScalingMode.Recommend, command.Reason.Contains(said, StringComparison.Ordinal));
        Assert.Equal(mode == ScalingMode.Recommend, plan.Decisions[0].Steps.Any(s => s.Rule == "DEMOTED"));
        Assert.Equal(
            fact switch { "trusted" => Scene.Noon, "never had one" => null, _ => Scene.Noon.AddHours(-2) },
            plan.Memory.Groups[1].ForecastAt);
    }

    private static Scene Failed(int minutes, bool applied)
    {
        var scene = Short()
            .Command("FREE102", null, 1, CommandState.Failed, Scene.Noon.AddMinutes(-minutes - 30))
            .Command("FREE103", null, 1, CommandState.Failed, Scene.Noon.AddMinutes(-minutes));
        if (applied)
        {
            scene.Commands[1] = scene.Commands[1] with
            {
                Steps = [new CommandStep(Scene.Noon.AddMinutes(-minutes - 20), CommandState.Applied, "autoscaler", "")],
            };
        }

        return scene;
    }

    private static Scene Short() => new Scene()
        .Group(1, members: 4, demand: 2, forecast: 3.4, policy: p => p with
        {
            ScaleOutMode = ScalingMode.Enforce,
            MaxAddsPerCycle = 1,
        })
        .Pool(3);
}
