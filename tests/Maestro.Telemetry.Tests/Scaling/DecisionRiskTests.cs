using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Tests.Scaling;

public sealed class DecisionRiskTests
{
    private static readonly DateTimeOffset PeakFrom = Scene.Noon.AddMinutes(28);
    private static readonly DateTimeOffset PeakUntil = Scene.Noon.AddMinutes(58);

    [Fact]
    public void PeakAhead_IsTheTimeConcerned_WithWhatIsMissingInIt()
    {
        var risk = Peak(top: 4.2).Decide().Risk!;

        // 4.2 busy SGMs need 6 units at 70 %; four are committed, and the median alone is above them.
        Assert.InRange(risk.Probability, 0.5, 1);
        Assert.Equal((PeakFrom, PeakUntil), (risk.From, risk.Until));
        Assert.InRange(risk.ShortUnits, 1.2, 2);
        Assert.InRange(risk.ShortUnitHours, 0.49 * risk.Probability * risk.ShortUnits, 1);
        Assert.InRange(risk.Overload, 0.5, risk.Probability);
    }

    [Fact]
    public void EnoughCommitted_HasNoRisk_OverTheTimeLookedAt()
    {
        var risk = new Scene().Group(1, members: 6, demand: 1, forecast: 1).Decide().Risk!;

        Assert.Equal((0.0, 0.0, 0.0), (risk.Probability, risk.ShortUnits, risk.ShortUnitHours));
        Assert.True(risk.Until - risk.From >= TimeSpan.FromHours(2));
    }

    [Fact]
    public void NoForecast_HasNoRiskAndSaysWhy()
    {
        var record = new Scene().Group(1, members: 4, demand: 2, trusted: false).Decide();

        Assert.Null(record.Risk);
        Assert.Null(record.Forecast);
        Assert.Equal("CPU work: the forecast is not trusted (worse than naive)", record.ForecastProblem);
        var sentences = DecisionSentences.Explain(record);
        Assert.Contains(
            "What happens if nothing is done is not known: there is no forecast that may be relied on.", sentences);
        Assert.Contains("Not relied on, CPU work: the forecast is not trusted (worse than naive).", sentences);
    }

    [Fact]
    public void Facts_AreOfThePeakAndTheGate()
    {
        var facts = Peak(top: 4.2).Decide().Forecast!;

        Assert.Equal(("test", 0.8, 0.95, "good enough"), (facts.Model, facts.Skill, facts.Coverage, facts.Verdict));
        Assert.Equal(6, facts.UpperUnits, 6);
        Assert.InRange(facts.PeakAt, PeakFrom, PeakUntil);
    }

    [Fact]
    public void NeverMeasuredGate_LeavesNoNumbers()
    {
        var scene = new Scene().Group(1, members: 4, demand: 2)
            .Forecasts(1, f => f with { Trust = new(true, double.NaN, double.NaN, "too young") });

        var facts = scene.Decide().Forecast!;

        Assert.Null(facts.Skill);
        Assert.Null(facts.Coverage);
    }

    [Fact]
    public void Risk_OfEveryGroup_IsSound() => RandomScenes.Check(300, input =>
    {
        foreach (var record in ScalingPlanner.Plan(input).Decisions)
        {
            if (record.Risk is { } risk)
            {
                Assert.InRange(risk.Probability, 0, 1);
                Assert.InRange(risk.Overload, 0, risk.Probability);
                Assert.True(risk.From < risk.Until);
                Assert.True(risk.ShortUnits >= 0 && risk.ShortUnitHours >= 0);
            }
        }
    });

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void MoreMembers_NeverHaveMoreRisk(int members)
    {
        var (less, more) = (Peak(4.2, members).Decide().Risk!, Peak(4.2, members + 1).Decide().Risk!);

        Assert.True(more.Probability <= less.Probability);
        Assert.True(more.ShortUnitHours <= less.ShortUnitHours);
    }

    internal static Scene Peak(double top, int members = 4) => new Scene().Group(1, members, demand: 2).Forecasts(
        1, f => Scene.Curve(f.Group, at => at >= PeakFrom && at < PeakUntil ? top : 0.2));
}
