using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Tests.Scaling;

public sealed class ScaleOutTests
{
    [Fact]
    public void Group_WhoseForecastExceedsItsCapacity_GetsAFreeSgmBeforeTheLoadArrives()
    {
        var scene = new Scene().Group(1, members: 4, demand: 2, forecast: 3.4).Pool(3);

        var plan = scene.Plan();

        var decision = Assert.Single(plan.Decisions);
        Assert.Equal((DecisionAction.Add, ReasonCode.Predicted), (decision.Action, decision.Reason));
        Assert.Equal(3.4 / 0.7, decision.WantedUnits, 6);
        Assert.Equal("predicted:CpuWork", decision.Binding);
        Assert.Equal(5, decision.Desired);
        var command = Assert.Single(plan.Commands);
        Assert.Equal((CommandKind.Add, "FREE101", CommandState.Proposed), (command.Kind, command.Serial.Value, command.State));
        Assert.Equal(decision.Id, command.DecisionId);
    }
}
