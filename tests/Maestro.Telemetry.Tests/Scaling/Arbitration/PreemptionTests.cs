using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Tests.Scaling.Arbitration;

/// <summary>Group 1 is short and comes first; group 2 comes last, has no SGM to spare, and lets itself be preempted.</summary>
public sealed class PreemptionTests
{
    [Fact]
    public void GroupOfHigherPriority_TakesAnSgmThatTheOtherWouldRatherKeep()
    {
        var plan = Short().Group(2, members: 6, demand: 3, forecast: 4, policy: Yielding).Plan();

        var command = Assert.Single(plan.Commands);
        Assert.Equal(
            (CommandKind.Move, "G2M06", 2, 1),
            (command.Kind, command.Serial.Value, command.From!.Value.Value, command.To!.Value.Value));
        Assert.Equal((DecisionAction.MoveOut, ReasonCode.Preempted), (plan.Decisions[1].Action, plan.Decisions[1].Reason));
        Assert.Contains("has priority 1 and would be short", plan.Decisions[1].Sentence, StringComparison.Ordinal);
        Assert.Matches("the probability of a shortage there is [2-9][0-9] %", plan.Decisions[0].Sentence);
    }

    [Fact]
    public void FreeSgm_IsTakenInstead() =>
        Assert.Equal(
            CommandKind.Add,
            Assert.Single(Short().Group(2, members: 6, demand: 3, forecast: 4, policy: Yielding).Pool(1).Plan().Commands).Kind);

    [Fact]
    public void PolicyThatDoesNotAllowIt_IsKept() =>
        AssertDenied(
            Short().Group(2, members: 6, demand: 3, forecast: 4, policy: p => p with { Priority = 3 }),
            "its policy does not allow to take SGMs that it needs");

    [Fact]
    public void EqualPriority_TakesNothing()
    {
        var scene = Short().Group(2, members: 6, demand: 3, forecast: 4, policy: p => Yielding(p) with { Priority = 1 });

        Assert.Empty(scene.Plan().Commands);
        Assert.Equal(ReasonCode.PoolEmpty, scene.Decide().Reason);
    }

    [Fact]
    public void ShortageThatIsUnlikely_TakesNothing()
    {
        var scene = Short().Group(2, members: 6, demand: 3, forecast: 4, policy: Yielding)
            .Forecasts(1, f => Spread(f, 2.5, 2.7, 3.4, 3.5));

        AssertDenied(scene, "is short with a probability of 9 % only, where 20 % are asked for");
    }

    [Fact]
    public void SgmThatWouldHardlyHelp_IsNotTaken() =>
        AssertDenied(
            new Scene()
                .Group(1, members: 4, demand: 19.6, policy: p => p with { Priority = 1 })
                .Group(2, members: 6, demand: 3, forecast: 4, policy: Yielding),
            "would take away 4 % of the shortage only");

    [Fact]
    public void GroupAtItsMinimum_KeepsWhatItHas() =>
        AssertDenied(
            Short().Group(2, members: 6, demand: 3, forecast: 4, policy: p => Yielding(p) with { Minimum = 6 }),
            "it keeps at least 6 SGMs");

    [Fact]
    public void GroupThatWouldNotSurviveTheLossOfMembersNow_KeepsWhatItHas() =>
        AssertDenied(
            Short().Group(2, members: 6, demand: 2.8, forecast: 3.6, policy: p => Yielding(p) with { SurviveFailures = 2 }),
            "after it and the loss of 2 more");

    [Fact]
    public void GroupWhoseTelemetryIsStale_KeepsWhatItHas()
    {
        var scene = Short().Group(2, members: 6, demand: 3, forecast: 4, policy: Yielding)
            .Telemetry(2, t => t with { NewestSample = Scene.Noon.AddMinutes(-10) });

        Assert.Empty(scene.Plan().Commands);
        Assert.Equal(ReasonCode.PreemptionDenied, scene.Decide().Reason);
    }

    private static Scene Short() =>
        new Scene().Group(1, members: 4, demand: 2, forecast: 3.4, policy: p => p with { Priority = 1 });

    private static ScalingPolicy Yielding(ScalingPolicy policy) => policy with { Priority = 3, AllowPreemption = true };

    private static void AssertDenied(Scene scene, string why)
    {
        Assert.Empty(scene.Plan().Commands);
        var decision = scene.Decide();
        Assert.Equal((DecisionAction.Hold, ReasonCode.PreemptionDenied), (decision.Action, decision.Reason));
        Assert.Contains(why, decision.Sentence, StringComparison.Ordinal);
    }

    private static DemandForecast Spread(DemandForecast forecast, params double[] row)
    {
        // Not one and the same value in all cells: that is what a stuck model gives.
        double[] cells = [.. Enumerable.Range(0, forecast.Marginal.Length).Select(i => row[i % 4] - (i % 8 == 0 ? 0.001 : 0))];
        double[] most = [.. Enumerable.Range(0, forecast.Marginal.Length).Select(i => row[i % 4])];
        return forecast with { Marginal = cells, PathMaximum = most };
    }
}
