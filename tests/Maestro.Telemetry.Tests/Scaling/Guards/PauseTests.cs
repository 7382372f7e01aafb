using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Tests.Scaling.Guards;

/// <summary>Operators stop one direction or both, for everything, a site or a group.</summary>
public sealed class PauseTests
{
    [Theory]
    [InlineData(PauseDirection.Out, ReasonCode.PausedOut, ReasonCode.Surplus)]
    [InlineData(PauseDirection.In, ReasonCode.Predicted, ReasonCode.PausedIn)]
    [InlineData(PauseDirection.Both, ReasonCode.Paused, ReasonCode.Paused)]
    public void Pause_StopsItsDirection(PauseDirection direction, ReasonCode adding, ReasonCode removing)
    {
        foreach (SecurityGroupId? group in new SecurityGroupId?[] { null, new(1) })
        {
            var pause = new PauseRecord(group, "anna", "test", Scene.Noon, null, direction);

            Assert.Equal(adding, Paused(new Scene().Group(1, members: 4, demand: 3.4).Pool(1), pause).Decide().Reason);
            Assert.Equal(removing, Paused(new Scene().Group(1, members: 8, demand: 1.5), pause).Decide().Reason);
        }
    }

    [Theory]
    [InlineData(PauseDirection.In, 2, false)]
    [InlineData(PauseDirection.Out, 2, true)]
    [InlineData(PauseDirection.Out, 1, false)]
    [InlineData(PauseDirection.In, 1, true)]
    public void Move_IsARemovalOfTheDonor_AndAnAddOfTheReceiver(PauseDirection direction, int group, bool moves)
    {
        var scene = new Scene().Group(1, members: 4, demand: 3.4).Group(2, members: 8, demand: 1.5);

        var plan = Paused(scene, new PauseRecord(new(group), "anna", "test", Scene.Noon, null, direction)).Plan();

        Assert.Equal(moves, plan.Commands.Any(c => c.Kind == CommandKind.Move));
    }

    [Fact]
    public void PausedSite_IsNotChanged_AndTheOtherIs()
    {
        var scene = new Scene().Group(1, members: 8, demand: 5.9, sites: 2).Pool(1, site: 1).Pool(1, site: 2);

        var plan = Paused(scene, new PauseRecord(null, "anna", "power", Scene.Noon, null, PauseDirection.Out, new(1))).Plan();

        Assert.Equal(new SiteId(2), Assert.Single(plan.Commands).Site);
    }

    [Fact]
    public void PausedSite_SaysSo()
    {
        var pause = new PauseRecord(null, "anna", "power", Scene.Noon, null, Site: new(1));

        var decision = Paused(new Scene().Group(1, members: 4, demand: 3.4).Pool(1), pause).Decide();

        Assert.Equal(ReasonCode.Paused, decision.Reason);
        Assert.Contains("anna paused site 1 until somebody resumes it (power)", decision.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PauseDirection.Both, null, null, "everything")]
    [InlineData(PauseDirection.Both, 2, null, "group 2")]
    [InlineData(PauseDirection.In, 2, null, "removals of group 2")]
    [InlineData(PauseDirection.Out, null, 1, "adds on site 1")]
    [InlineData(PauseDirection.Out, null, null, "adds")]
    public void Scope_SaysWhatIsStopped(PauseDirection direction, int? group, int? site, string scope) =>
        Assert.Equal(
            scope,
            new PauseRecord(
                group is { } g ? new SecurityGroupId(g) : null,
                "anna",
                "",
                Scene.Noon,
                null,
                direction,
                site is { } s ? new SiteId(s) : null).Scope);

    private static Scene Paused(Scene scene, PauseRecord pause)
    {
        scene.Pauses.Add(pause);
        return scene;
    }
}
