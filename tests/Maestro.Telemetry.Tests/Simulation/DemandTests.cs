using FsCheck;
using FsCheck.Fluent;
using Maestro.Telemetry.Simulator.Fabric;
using Maestro.Telemetry.Simulator.Load;
using Maestro.Telemetry.Simulator.Scenarios;

namespace Maestro.Telemetry.Tests.Simulation;

public sealed class DemandTests
{
    private static readonly DateTimeOffset Tuesday = new(2026, 1, 13, 0, 0, 0, TimeSpan.Zero);
    private static readonly Scenario DualSite = Scenario.DualSite();

    [Fact]
    public void Demand_SameSeedAndTime_IsTheSame()
    {
        var one = new FabricLoad(Scenario.DualSite(seed: 3));
        var other = new FabricLoad(Scenario.DualSite(seed: 3));
        var third = new FabricLoad(Scenario.DualSite(seed: 4));
        var time = Tuesday.AddHours(13.7);

        Assert.Equal(one.Demand(1, time), other.Demand(1, time));
        Assert.NotEqual(one.Demand(1, time), third.Demand(1, time));
    }

    [Fact]
    public void Demand_OverAWeek_FollowsDayAndWeek()
    {
        var load = new FabricLoad(DualSite);

        var night = Mean(load, Tuesday.AddHours(2));
        var day = Mean(load, Tuesday.AddHours(14));
        var sunday = Mean(load, Tuesday.AddDays(5).AddHours(14));

        Assert.True(night < 0.4 * day, $"{night} at night, {day} by day");
        Assert.InRange(sunday, 0.4 * day, 0.7 * day);
    }

    [Fact]
    public void Demand_FromOneMinuteToTheNext_ChangesLittle()
    {
        var load = new FabricLoad(DualSite);
        var work = Enumerable.Range(0, 1_440).Select(m => load.Demand(1, Tuesday.AddMinutes(m)).CpuWork).ToArray();

        var steps = work.Zip(work.Skip(1), (a, b) => Math.Abs(b - a) / a).ToArray();

        Assert.InRange(steps.Max(), 0.001, 0.12);
    }

    [Fact]
    public void FlashCrowd_AtItsHeight_MultipliesDemand()
    {
        var calm = new FabricLoad(DualSite);
        var crowded = new FabricLoad(DualSite);
        crowded.Add(new(1, Tuesday, TimeSpan.FromHours(1), 2.5));

        Assert.Equal(2.5, Ratio(Tuesday.AddMinutes(30)), 9);
        Assert.InRange(Ratio(Tuesday.AddMinutes(5)), 1.01, 2.49);
        Assert.Equal(1, Ratio(Tuesday.AddHours(1)), 9);
        Assert.Equal(1, crowded.Demand(2, Tuesday).CpuWork / calm.Demand(2, Tuesday).CpuWork, 9);

        double Ratio(DateTimeOffset time) => crowded.Demand(1, time).CpuWork / calm.Demand(1, time).CpuWork;
    }

    [Fact]
    public void CpuWork_WhateverTheMembers_IsTheSameWhileUnsaturated()
    {
        var load = new FabricLoad(DualSite);
        var free = DualSite.Gateways.Select(g => g.Serial).ToList();

        var property = Prop.ForAll(
            ArbMap.Default.ArbFor<PositiveInt>(), ArbMap.Default.ArbFor<PositiveInt>(), (members, minutes) =>
            {
                var fabric = FabricWith([.. free.Take(4 + (members.Get % 10))]);
                var time = Tuesday.AddMinutes(minutes.Get % 300);
                var demand = load.Demand(1, time).CpuWork;
                var busy = Rows(load, fabric.View(), time).Sum(r => r.Weight * r.Row[MemberColumns.CpuMean] / 100);
                return Math.Abs(busy - demand) < 1e-9 * demand;
            });

        property.QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Saturated_Member_IsFullAndDropsTheOverflow()
    {
        var load = new FabricLoad(DualSite);
        load.Add(new(1, Tuesday, TimeSpan.FromHours(1), 40));
        var time = Tuesday.AddMinutes(30);
        var fabric = FabricWith(["1007RT1940", "1007RT1943"]);

        var rows = Rows(load, fabric.View(), time).Select(r => r.Row).ToList();

        Assert.All(rows, row =>
        {
            Assert.Equal(100, row[MemberColumns.CpuMean]);
            Assert.Equal(100, row[MemberColumns.CpuBusiestCore]);
            Assert.True(row[MemberColumns.DroppedPackets] > 0);
            Assert.True(row[MemberColumns.TransmittedBits] < row[MemberColumns.ReceivedBits]);
            Assert.Equal(
                row[MemberColumns.ReceivedPackets],
                row[MemberColumns.TransmittedPackets] + row[MemberColumns.DroppedPackets],
                3);
        });
        Assert.Equal(load.Demand(1, time).BitsPerSecond, rows.Sum(r => r[MemberColumns.ReceivedBits]), 1e3);
    }

    [Fact]
    public void Row_OfAMember_AgreesWithItself()
    {
        var load = new FabricLoad(DualSite);
        var view = new SimulatedFabric(DualSite, new ManualTime(Tuesday)).View();

        foreach (var (_, row) in Rows(load, view, Tuesday.AddHours(10)))
        {
            var cores = row[MemberColumns.FirstCore..];

            Assert.All(row, value => Assert.True(double.IsFinite(value) && value >= 0));
            Assert.All(cores, core => Assert.InRange(core, 0, 100));
            Assert.Equal(cores.Average(), row[MemberColumns.CpuMean], 6);
            Assert.Equal(cores.Max(), row[MemberColumns.CpuBusiestCore], 6);
            Assert.True(row[MemberColumns.CpuBusiestCore] > row[MemberColumns.CpuMean]);
        }
    }

    [Fact]
    public void Columns_HaveEveryMetricOfTheWire()
    {
        var metrics = MemberColumns.Of(DualSite.Models[0]).Select(c => c.Metric).ToHashSet();

        Assert.Equal(
            Enum.GetValues<Protocol.V1.Metric>().Where(m => m != Protocol.V1.Metric.Unspecified).ToHashSet(), metrics);
    }

    [Fact]
    public void History_AtATime_IsWhatTheMemberWouldHaveRead()
    {
        var load = new FabricLoad(DualSite);
        var view = new SimulatedFabric(DualSite, new ManualTime(Tuesday)).View();
        var step = TimeSpan.FromMinutes(1);

        var blocks = History.Generate(load, view, Tuesday, Tuesday.AddHours(12), step, cores: true).ToList();

        Assert.Equal(24 * 720, blocks.Sum(b => b.TimestampsMs.Length));
        foreach (var block in blocks.Where(b => b.Gateway.Serial is "1007RT1940" or "2108RT2013"))
        {
            var width = block.Rows.Length / block.TimestampsMs.Length;
            var expected = new double[width];
            var last = block.TimestampsMs.Length - 1;
            load.Fill(
                view, block.Gateway, DateTimeOffset.FromUnixTimeMilliseconds(block.TimestampsMs[last]), expected);
            Assert.Equal(expected, block.Rows[(last * width)..]);
        }
    }

    private static double Mean(FabricLoad load, DateTimeOffset around) =>
        Enumerable.Range(-30, 60).Average(m => load.Demand(1, around.AddMinutes(m)).CpuWork);

    private static SimulatedFabric FabricWith(IReadOnlyList<string> members)
    {
        var gateways = DualSite.Gateways.Select(g => g with { Group = members.Contains(g.Serial) ? 1 : 0 });
        return new(DualSite with { Gateways = [.. gateways] }, new ManualTime(Tuesday));
    }

    private static IEnumerable<(double Weight, double[] Row)> Rows(
        FabricLoad load, FabricView view, DateTimeOffset time)
    {
        foreach (var member in view.Gateways.Where(g => g.Group == 1))
        {
            var row = new double[MemberColumns.FirstCore + member.Model.Cores];
            load.Fill(view, member, time, row);
            yield return (member.Model.Weight, row);
        }
    }
}
