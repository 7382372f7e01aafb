using FsCheck;
using FsCheck.Fluent;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Scaling.Learning;
using Maestro.Telemetry.Scaling.Outlooks;

namespace Maestro.Telemetry.Tests.Scaling.Learning;

public sealed class EfficiencyTests
{
    [Fact]
    public void ThreeNumbersOfMembers_GiveWhatEachIsWorth()
    {
        var curve = EfficiencyLearner.Learn([Worth(2, 1), Worth(4, 0.9), Worth(8, 0.8)]);

        Assert.Equal([1, 1, 0.95, 0.9, 0.85, 0.8, 0.8], new[] { 1, 2, 3, 4, 6, 8, 20 }.Select(n => Math.Round(curve.At(n), 2)));
    }

    [Fact]
    public void TooLittleEvidence_SaysThatNothingIsLost()
    {
        Assert.True(EfficiencyLearner.Learn([]).IsIdeal);
        Assert.True(EfficiencyLearner.Learn([Worth(2, 1), Worth(8, 0.7)]).IsIdeal);
        Assert.True(EfficiencyLearner.Learn([Worth(2, 1), Worth(4, 0.9), Worth(8, 0.8) with { Hours = 23 }]).IsIdeal);
    }

    [Fact]
    public void AFewDays_CountForLittle()
    {
        var curve = EfficiencyLearner.Learn(
            [Worth(2, 1, hours: 24), Worth(4, 0.8, hours: 24), Worth(8, 0.8, hours: 24)]);

        Assert.Equal(0.975, curve.At(8), 3);
    }

    [Fact]
    public void AnyPast_GivesACurveThatNeverRises_Between70And100Percent() => Prop.ForAll(
        ArbMap.Default.ArbFor<(byte Members, double Work, double Throughput, double Hours)[]>(),
        past =>
        {
            var curve = EfficiencyLearner.Learn(
                past.Select(p => new EfficiencySample(p.Members % 12, p.Work, p.Throughput, p.Hours * 100)));
            var values = Enumerable.Range(1, 30).Select(curve.At).ToList();
            return values.TrueForAll(v => v is >= EfficiencyCurve.Least and <= 1)
                && values.Zip(values.Skip(1)).All(v => v.Second <= v.First);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Ladder_NeverFalls_IsItsWeightAtTheCommittedNumber_AndNotAboveItElsewhere()
    {
        var curve = EfficiencyCurve.Through([(2, 1), (3, 0.7), (8, 0.7)]);
        double[][] groups = [[], [1], [1, 1], [2, 1, 0.5], [1, 1, 1, 1, 1, 1]];

        foreach (var weights in groups)
        {
            var plain = new CapacityLadder(weights, 14, new() { Group = new(1) });
            var ladder = new CapacityLadder(weights, 14, new() { Group = new(1) }, curve);

            Assert.Equal(plain.Serves(weights.Length), ladder.Serves(weights.Length), 9);
            Assert.All(Enumerable.Range(0, 14), n => Assert.True(ladder.Serves(n) <= ladder.Serves(n + 1)));
            Assert.All(Enumerable.Range(0, 15), n => Assert.True(ladder.Serves(n) <= plain.Serves(n)));
        }
    }

    [Fact]
    public void ALossyGroup_GetsOneSgmMore_AndTheRecordSaysWhy()
    {
        // 6.9 units are needed: seven SGMs carry them, unless seven are worth a fifth less than four.
        var scene = new Scene().Group(
            1, members: 4, demand: 2, forecast: 6.9 * 0.7, policy: p => p with { MaxAddsPerCycle = 8 }).Pool(8);
        var input = scene.Input();
        var lossy = input with
        {
            Efficiencies = input.Efficiencies.Add(new(1), EfficiencyCurve.Through([(4, 1), (7, 0.8), (10, 0.8)])),
        };

        var plain = ScalingPlanner.Plan(input).Decisions[0];
        var careful = ScalingPlanner.Plan(lossy);

        Assert.Equal(7, plain.WantedUnits, 6);
        Assert.Equal(9, careful.Decisions[0].WantedUnits, 6);
        Assert.Empty(PlanValidator.Check(lossy, careful));
        Assert.Equal(
            "an SGM is worth 100 % of one alone among 4, and 93 % among 5",
            Assert.Single(careful.Decisions[0].Steps, s => s.Rule == "EFFICIENCY").Note);
    }

    // So many hours that the prior does not show in two digits.
    private static EfficiencySample Worth(int members, double value, double hours = 1e6) =>
        new(members, 2 / value, 1e9, hours);
}
