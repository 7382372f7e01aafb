using Maestro.Telemetry.Simulator.Scenarios;

namespace Maestro.Telemetry.Tests.Simulation;

public sealed class ScenarioTests
{
    [Fact]
    public void DualSite_IsTheFabricOfTheDemo()
    {
        var scenario = Scenario.DualSite();

        Assert.Equal(["1_1", "1_2", "2_1", "2_2"], scenario.Sites.SelectMany(s => s.Orchestrators));
        Assert.Equal(24, scenario.Gateways.Count);
        Assert.Equal(2, scenario.Models.Count);
        Assert.Equal([1, 2, 3], scenario.Groups.Select(g => g.Priority));
        Assert.All(scenario.Gateways, g => Assert.Matches("^[0-9]{4}[A-Z]{2}[0-9]{4}$", g.Serial));
        Assert.All(scenario.Sites, s => Assert.Contains(scenario.Gateways, g => g.Site == s.Id && g.Group == 0));
    }

    [Fact]
    public void ToJson_ParsedAgain_IsTheSameScenario()
    {
        var scenario = Scenario.DualSite(seed: 7) with
        {
            FlashCrowds = [new(2, new(2026, 1, 6, 10, 0, 0, TimeSpan.Zero), TimeSpan.FromMinutes(20), 1.8)],
        };

        Assert.Equal(scenario.ToJson(), Scenario.Parse(scenario.ToJson()).ToJson());
    }

    [Fact]
    public void Validated_SeveralFaults_NamesThemAll()
    {
        var scenario = Scenario.DualSite();
        var broken = scenario with
        {
            HashImbalance = 2,
            Gateways = [.. scenario.Gateways, new("1007RT1940", 1, "16200", 9), new("2108XX0001", 3, "none", 0)],
        };

        var refused = Assert.Throws<ScenarioException>(broken.Validated);

        Assert.Collection(
            refused.Problems.Order(StringComparer.Ordinal),
            p => Assert.Contains("1007RT1940 is in group 9", p, StringComparison.Ordinal),
            p => Assert.Contains("1007RT1940 occurs twice", p, StringComparison.Ordinal),
            p => Assert.Contains("2108XX0001 is at site 3", p, StringComparison.Ordinal),
            p => Assert.Contains("2108XX0001 is of model none", p, StringComparison.Ordinal),
            p => Assert.Contains("hashImbalance is 2", p, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("""{"name":"x","color":1}""")]
    public void Parse_NoScenario_SaysSo(string json) =>
        Assert.NotEmpty(Assert.Throws<ScenarioException>(() => Scenario.Parse(json)).Problems);
}
