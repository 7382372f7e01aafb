using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Tests.Series;

public sealed class DemandAccumulatorTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly SecurityGroupId One = new(1);

    [Fact]
    public void CpuWork_IsTheSumOfBusySharesByWeight()
    {
        var demand = new DemandAccumulator(s => s.Value == "BIG" ? 4 : 1);
        demand.Add(Sample(0, "A", 50));
        demand.Add(Sample(0, "BIG", 25));
        demand.CloseBefore(Start + Minute);

        Assert.Equal([0.5 + (4 * 0.25)], Work(demand));
    }

    [Fact]
    public void OtherResources_AreSums()
    {
        var demand = Of(Sample(0, "A", 50), Sample(0, "B", 50));
        demand.CloseBefore(Start + Minute);

        Assert.Equal([2e9], Values(demand, Resource.BitsPerSecond));
        Assert.Equal([200], Values(demand, Resource.ConcurrentConnections));
        Assert.Equal([20], Values(demand, Resource.ConnectionsPerSecond));
    }

    [Fact]
    public void Demand_DoesNotChangeWhenAMemberJoins()
    {
        var demand = Of(
            Sample(0, "A", 60), Sample(0, "B", 60),
            Sample(1, "A", 40), Sample(1, "B", 40), Sample(1, "C", 40));
        demand.CloseBefore(Start + (2 * Minute));

        Assert.Equal([1.2, 1.2], Work(demand), Close);
    }

    [Fact]
    public void MinuteWithoutOneMember_IsCompletedFromTheOthers()
    {
        var demand = Of(
            Sample(0, "A", 40), Sample(0, "B", 40), Sample(0, "C", 40), Sample(0, "D", 40),
            Sample(1, "A", 40), Sample(1, "B", 40), Sample(1, "C", 40));
        demand.CloseBefore(Start + (2 * Minute));

        Assert.Equal([1.6, 1.6], Work(demand), Close);
    }

    [Fact]
    public void MinuteWithTooFewMembers_IsUnknown()
    {
        var demand = Of(
            Sample(0, "A", 40), Sample(0, "B", 40), Sample(0, "C", 40), Sample(1, "A", 40), Sample(1, "B", 40));
        demand.CloseBefore(Start + (3 * Minute));

        Assert.Equal([1.2, double.NaN, double.NaN], Work(demand), Close);
    }

    [Fact]
    public void BootingSgm_IsNoDemand()
    {
        var demand = Of(Sample(0, "A", 40), Sample(0, "NEW", 100) with { Active = false });
        demand.CloseBefore(Start + Minute);

        Assert.Equal([0.4], Work(demand), Close);
    }

    [Fact]
    public void RestartOfTheOnlySgm_IsUnknownAndNoDrop()
    {
        // Silent while it is down, then up and not yet ACTIVE with next to no load, then serving again.
        var demand = Of(
            [
                .. Enumerable.Range(0, 10).Select(minute => Sample(minute, "A", 40)),
                Sample(13, "A", 0) with { Active = false },
                Sample(14, "A", 3) with { Active = false },
                .. Enumerable.Range(15, 5).Select(minute => Sample(minute, "A", 40)),
            ]);
        demand.CloseBefore(Start + (20 * Minute));

        var work = Work(demand);
        Assert.Equal(Enumerable.Repeat(double.NaN, 5), work[10..15]);
        Assert.All([.. work[..10], .. work[15..]], value => Assert.Equal(0.4, value, 1e-9));
        var steps = demand.Series(One, Resource.CpuWork, 5 * Minute)!.Values.ToArray();
        Assert.Equal([0.4, 0.4, double.NaN, 0.4], steps, Close);
    }

    [Fact]
    public void RestartOfOneOfTwo_IsUnknownUntilItIsKnownToBeGone()
    {
        var demand = Of(
            [
                .. Enumerable.Range(0, 10).SelectMany(minute => new[] { Sample(minute, "A", 40), Sample(minute, "B", 40) }),
                .. Enumerable.Range(10, 10).Select(minute => Sample(minute, "A", 80)),
            ]);
        demand.CloseBefore(Start + (20 * Minute));

        // Half of the weight is too little to go by; after five minutes the other is gone, and carries the rest.
        Assert.All(Work(demand), value => Assert.True(double.IsNaN(value) || Math.Abs(value - 0.8) < 1e-9));
        Assert.Equal(4, Work(demand).Count(double.IsNaN));
    }

    [Fact]
    public void MovedSgm_IsNoLongerExpected()
    {
        var demand = Of(
            Sample(0, "A", 40), Sample(0, "B", 40),
            Sample(1, "A", 80), Sample(1, "B", 10) with { Group = new(2) });
        demand.CloseBefore(Start + (2 * Minute));

        Assert.Equal([0.8, 0.8], Work(demand), Close);
        Assert.Equal([One, new SecurityGroupId(2)], demand.Groups);
    }

    [Fact]
    public void SilentSgm_IsExpectedForFiveMinutes_OrAsLongAsTheTopologyHasIt()
    {
        foreach (var known in new[] { false, true })
        {
            var demand = Of(Sample(0, "A", 40), Sample(0, "B", 40), Sample(0, "C", 40), Sample(0, "D", 40));
            if (known)
            {
                demand.SetMembers(One, [new("A"), new("B"), new("C"), new("D")]);
            }

            for (var minute = 1; minute <= 6; minute++)
            {
                demand.Add(Sample(minute, "A", 40));
                demand.Add(Sample(minute, "B", 40));
                demand.Add(Sample(minute, "C", 40));
            }

            demand.CloseBefore(Start + (7 * Minute));

            Assert.Equal(1.6, Work(demand)[4], 9);
            Assert.Equal(known ? 1.6 : 1.2, Work(demand)[6], 9);
        }
    }

    [Fact]
    public void LateRow_IsRefusedAndCounted()
    {
        var demand = Of(Sample(0, "A", 40), Sample(1, "A", 40));

        Assert.False(demand.Add(Sample(0, "B", 40)));
        Assert.Equal(1, demand.Late);
    }

    [Fact]
    public void Feeding_InPiecesGivesTheSameAsAtOnce()
    {
        var rows = Enumerable.Range(0, 30).SelectMany(m => new[] { Sample(m, "A", m), Sample(m, "B", 2 * m) }).ToArray();
        var whole = Of(rows);
        var pieces = Of();
        foreach (var row in rows)
        {
            pieces.Add(row);
            _ = pieces.Series(One, Resource.CpuWork, Minute);
        }

        Assert.Equal(Work(whole), Work(pieces));
        Assert.Equal(29, Work(whole).Length);
    }

    [Fact]
    public void FiveMinutes_AreTheMeanOfWhatIsKnown_OnTheGridOfTheClock()
    {
        double[] minutes = [1, 2, 3, double.NaN, 5, 6, double.NaN, double.NaN, 9, double.NaN];
        var series = new TimeSeries(Start + (3 * Minute), Minute, minutes);

        var five = DemandSeries.Aggregate(series, 5 * Minute);

        // 12:00 to 12:05 has two of five, 12:05 to 12:10 four, 12:10 to 12:15 one.
        Assert.Equal(Start, five.Start);
        Assert.Equal([double.NaN, (3 + 5 + 6) / 3.0, double.NaN], five.Values.ToArray(), Close);
    }

    [Fact]
    public void WorstOfLast_SkipsWhatIsUnknown()
    {
        var series = new TimeSeries(Start, Minute, new[] { 9, 3, double.NaN });

        Assert.Equal(3, DemandSeries.WorstOfLast(series, 2));
        Assert.Equal(double.NaN, DemandSeries.WorstOfLast(series, 1));
        Assert.Equal(9, DemandSeries.WorstOfLast(series, 10));
    }

    [Fact]
    public void OldMinutes_AreLetGo()
    {
        var demand = new DemandAccumulator(_ => 1, maxMinutes: 100);
        for (var minute = 0; minute < 1_000; minute++)
        {
            demand.Add(Sample(minute, "A", minute % 100));
        }

        var series = demand.Series(One, Resource.CpuWork, Minute)!;

        Assert.InRange(series.Count, 100, 161);
        Assert.Equal(Start + (999 * Minute), series.End);
        Assert.Equal(0.98, series.Values.Span[^1], 9);
    }

    [Fact]
    public void RollupRow_BecomesASample()
    {
        Rollup[] values =
        [
            new(6, 10, 30, 120), new(6, 0, 2e9, 6e9), new(6, 0, 100, 600), default, new(6, 5, 6, 34),
        ];

        var sample = DemandSeries.FromRollup(new RollupRow(Start, new("A"), One, values));

        Assert.Equal(
            (20, 1e9, 100, true),
            (sample.CpuMeanPercent, sample.BitsPerSecond, sample.ConcurrentConnections, sample.Active));
        Assert.Equal(double.NaN, sample.ConnectionsPerSecond);
        Assert.Throws<ArgumentException>(() => DemandSeries.FromRollup(new RollupRow(Start, new("A"), One, values[..2])));
    }

    [Fact]
    public void ATotalOfTheGroup_IsItsDemand_WhereNoMemberHasASample()
    {
        var demand = new DemandAccumulator(_ => 2);
        demand.Add(Sample(0, "imported", 410));
        demand.Add(Sample(1, "imported", 420));
        demand.Add(Sample(2, "imported", 430));
        demand.Add(Sample(2, "A", 40));
        demand.Add(Sample(3, "A", 50));
        demand.CloseBefore(Start + (4 * Minute));

        // Its weight is 1 whatever SGMs weigh, and it is no member that could be missed.
        Assert.Equal([4.1, 4.2, 0.8, 1], Work(demand), Close);
    }

    private static bool Close(double a, double b) => (double.IsNaN(a) && double.IsNaN(b)) || Math.Abs(a - b) < 1e-9;

    private static DemandAccumulator Of(params MinuteSample[] samples)
    {
        var demand = new DemandAccumulator(_ => 1);
        foreach (var sample in samples)
        {
            Assert.True(demand.Add(sample));
        }

        return demand;
    }

    private static MinuteSample Sample(int minute, string serial, double cpu) =>
        new(Start + (minute * Minute), new(serial), One, cpu, 1e9, 100, 10, true);

    private static double[] Work(DemandAccumulator demand) => Values(demand, Resource.CpuWork);

    private static double[] Values(DemandAccumulator demand, Resource resource) =>
        demand.Series(One, resource, Minute)!.Values.ToArray();
}
