using Maestro.Telemetry.Replay;

namespace Maestro.Telemetry.Tests.Replay;

public sealed class SwitchingCostTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(11)]
    public void DearerChanges_AreNeverMore(int waves)
    {
        var hill = Traces.Days(3);
        double[] work = [.. hill.Select((w, i) => w + 0.6 + (0.6 * Math.Sin(i * waves * Math.PI / 144)))];

        int[] changes = [.. new[] { 0, 0.05, 0.25, 1, 4, 16 }.Select(cost => Changes(work, cost))];

        Assert.Equal(changes.OrderDescending(), changes);
        Assert.True(changes[^1] < changes[0], string.Join(' ', changes));
    }

    private static int Changes(double[] work, double cost)
    {
        var scenario = Traces.Scenario(work, first: 288, policy: p => p with { SwitchingCost = cost });
        var tracks = ReplayEngine.Run(
            scenario, [new PlannerContestant("planner")], new Traces.Seer(scenario), null, default);
        return tracks[0].Groups[0].Changes.Count;
    }
}
