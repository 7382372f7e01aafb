using Maestro.Telemetry.Replay;
using Maestro.Telemetry.Replay.Baselines;
using Maestro.Telemetry.Replay.Faults;

namespace Maestro.Telemetry.Tests.Replay;

public sealed class ReplayChangesTests
{
    private const int First = 288;

    public static TheoryData<string> Faults => [.. ReplayChanges.Faults.Select(static f => f.Name)];

    public static TheoryData<string> Events => [.. ReplayChanges.Events.Select(static e => e.Name)];

    [Theory]
    [MemberData(nameof(Faults))]
    public void Fault_SpoilsWhatIsMeasured_AndLeavesTheDemand(string name)
    {
        var sound = Traces.Scenario(Traces.Days(5), First);

        var group = ReplayChanges.Apply(sound, Fault(name), 7).Groups[0];

        Assert.Equal(sound.Groups[0].Demand, group.Demand);
        var measured = group.Measured!;
        Assert.DoesNotContain(true, measured.Faulty[..First].ToArray());
        Assert.Contains(true, measured.Faulty.ToArray());
        Assert.All(Enumerable.Range(0, measured.Work.Length).Where(t => !measured.Faulty.Span[t]), t => Assert.Equal(
            (group.Demand.Values.Span[t], 1.0, TimeSpan.Zero),
            (measured.Work.Span[t], measured.Coverage.Span[t], measured.Skew.Span[t])));
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void Event_ChangesTheDemand_AndItIsMeasuredAsItIs(string name)
    {
        var sound = Traces.Scenario(Traces.Days(5), First);
        var change = ReplayChanges.Events.Single(e => e.Name == name);

        var group = ReplayChanges.Apply(sound, change, 7).Groups[0];

        var (before, after) = (sound.Groups[0].Demand.Values.ToArray(), group.Demand.Values.ToArray());
        Assert.Equal(before[..First], after[..First]);
        Assert.Equal(name != "holiday", !before.SequenceEqual(after));
        Assert.Equal(after, group.Seen.Values.ToArray());
    }

    [Fact]
    public void Holiday_IsTheQuietestDayOfTheWeekBefore()
    {
        double[] work = [.. Traces.Days(1, high: 2), .. Traces.Days(5)];

        var group = ReplayChanges.Apply(Traces.Scenario(work, First), new QuietDay(), 1).Groups[0];

        Assert.Equal(work[..First], group.Demand.Values.Slice(2 * First, First).ToArray());
        Assert.Equal(work[First..(2 * First)], group.Demand.Values.Slice(First, First).ToArray());
    }

    [Fact]
    public void Gap_IsAroundTheBusiestSampleOfEachDay()
    {
        var group = ReplayChanges.Apply(Traces.Scenario(Traces.Days(3), First), new PeakGap(), 1).Groups[0];

        var missing = Enumerable.Range(0, 3 * First).Where(t => double.IsNaN(group.Seen.Values.Span[t])).ToList();

        Assert.Equal(12, missing.Count);
        Assert.All(missing, static t => Assert.InRange(t % First, 159, 165));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    [MemberData(nameof(Events))]
    public void SameSeed_GivesTheSame(string name)
    {
        var sound = Traces.Scenario(Traces.Days(5), First);
        var change = ReplayChanges.Faults.Concat(ReplayChanges.Events).Single(c => c.Name == name);

        var (one, other) = (ReplayChanges.Apply(sound, change, 3), ReplayChanges.Apply(sound, change, 3));

        Assert.Equal(one.Groups[0].Seen.Values.ToArray(), other.Groups[0].Seen.Values.ToArray());
        Assert.Equal(one.Groups[0].Demand.Values.ToArray(), other.Groups[0].Demand.Values.ToArray());
    }

    [Fact]
    public void Judge_ARuleThatBelievesZeros_IsCaught()
    {
        var sound = Traces.Scenario(Traces.Days(5), First);
        var spoilt = ReplayChanges.Apply(sound, Fault("zeros"), 7);
        RuleContestant[] believer = [new("hpa", _ => new RatioRule(0.64, TimeSpan.FromMinutes(5)))];

        var outcome = Judge(sound, spoilt, believer);

        Assert.True(outcome.RemovalsInFaults > 0);
        Assert.True(outcome.Metrics.UnderProvisionedPercent > 0);
        Assert.Null(outcome.Breaches);
    }

    [Fact]
    public void Judge_TheSameReplay_FindsNothing()
    {
        var sound = Traces.Scenario(Traces.Days(5), First);
        var spoilt = ReplayChanges.Apply(sound, Fault("zeros"), 7);
        RuleContestant[] steady = [new("static", static _ => new FixedRule(0.8))];

        Assert.Equal(0, Judge(sound, spoilt, steady).RemovalsInFaults);
    }

    private static ChangeOutcome Judge(
        ReplayScenario sound, ReplayScenario spoilt, IReadOnlyList<ReplayContestant> contestants) =>
        ChangeJudge.Judge(
            spoilt,
            ReplayEngine.Run(sound, contestants, null, null, default),
            ReplayEngine.Run(spoilt, contestants, null, null, default)).Single();

    private static IReplayChange Fault(string name) => ReplayChanges.Faults.Single(f => f.Name == name);
}
