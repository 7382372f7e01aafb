using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Fabrics;
using Microsoft.Extensions.Options;

namespace Maestro.Telemetry.Tests.Service;

public sealed class BreachMonitorTests
{
    private readonly FabricOptions _options = new()
    {
        MaxMembersPerSite = 3,
        MaxMembersPerGroup = 5,
        Groups = { new GroupOptions { Id = 1, Minimum = 2, Maximum = 4 } },
    };

    private readonly BreachMonitor _monitor;

    public BreachMonitorTests() => _monitor = new BreachMonitor(Options.Create(_options));

    [Theory]
    [InlineData(1, 2, 2, null)]
    [InlineData(1, 3, 2, "Group 1 is above its maximum of 4 SGMs.")]
    [InlineData(1, 4, 0, "Group 1 is above the cap of 3 SGMs on site 1.")]
    [InlineData(2, 3, 2, null)]
    [InlineData(2, 3, 3, "Group 2 is above its maximum of 5 SGMs.")]
    public void Observe_Caps_AreTold(int group, int first, int second, string? breach)
    {
        Observe(group, first, second);

        Assert.Equal(breach is null ? [] : [breach], _monitor.Standing);
        Assert.Equal(breach is null ? 0 : 1, _monitor.Count);
    }

    [Fact]
    public void Observe_BelowTheMinimum_CountsOnlyAfterItWasReachedAndOncePerBreach()
    {
        Observe(1, 1, 0);
        Assert.Empty(_monitor.Standing);
        Observe(1, 2, 0);
        Observe(1, 1, 0);
        Observe(1, 1, 0);
        Assert.Equal(["Group 1 is below its minimum of 2 SGMs."], _monitor.Standing);
        Assert.Equal(1, _monitor.Count);

        Observe(1, 2, 0);
        Assert.Empty(_monitor.Standing);
        Observe(1, 1, 0);

        Assert.Equal(2, _monitor.Count);
    }

    private void Observe(int group, int first, int second) => _monitor.Observe(new FabricSnapshot(
        Given.Noon,
        [new SecurityGroup { Id = new(group), Name = "g" }],
        Enumerable.Range(0, first + second).Select(i => Given.Gateway($"S{i}", group, site: i < first ? 1 : 2))));
}
