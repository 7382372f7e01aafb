using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Tests.Scaling;

public sealed class BlindPlanTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Create_FabricUnreadable_HoldsEveryGroupAndSaysWhy()
    {
        var memory = new PlannerMemory();

        var plan = BlindPlan.Create(
            Noon,
            [new ScalingPolicy { Group = new(2) }, new ScalingPolicy { Group = new(1) }],
            FabricSnapshot.Empty,
            memory,
            "Orchestrator 1_1 refused the connection.");

        Assert.Equal([1, 2], plan.Decisions.Select(d => d.Group.Value));
        Assert.All(plan.Decisions, d =>
        {
            Assert.Equal((DecisionAction.Hold, ReasonCode.FabricUnreadable), (d.Action, d.Reason));
            Assert.EndsWith("Orchestrator 1_1 refused the connection.", d.Sentence, StringComparison.Ordinal);
        });
        Assert.Empty(plan.Commands);
        Assert.Same(memory, plan.Memory);
    }
}
