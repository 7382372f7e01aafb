using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Receivers;

namespace Maestro.Telemetry.Tests.Service;

public sealed class ColumnMapTests
{
    [Fact]
    public void TryCreate_MixedColumns_KnowsWhereEachStands()
    {
        var error = ColumnMap.TryCreate([Core(1), Of(Metric.CpuMean), Of((Metric)77), Of(Metric.MemberState)], out var map);

        Assert.Null(error);
        Assert.Equal(4, map.Width);
        Assert.Equal([MetricId.CpuMeanPercent, MetricId.MemberState], map.Metrics);
        Assert.Equal([1, 3], map.MetricColumns);
        Assert.Equal([0], map.CoreColumns);
        Assert.Equal([2u], map.Unknown);
        Assert.Equal([0, 1, 3], map.Known);
        Assert.Equal(["core 1 busy_percent", "cpu_mean_percent", "member_state"], map.Rules().Select(r => r.Name));
        Assert.False(map.IsMetricsOnly);
    }

    [Fact]
    public void TryCreate_EveryMetric_IsKnown()
    {
        var columns = Enum.GetValues<Metric>().Where(m => m is not (Metric.Unspecified or Metric.CpuCoreBusy)).Select(Of);

        Assert.Null(ColumnMap.TryCreate([.. columns], out var map));
        Assert.Equal(Enum.GetValues<MetricId>(), map.Metrics);
        Assert.True(map.IsMetricsOnly);
    }

    [Fact]
    public void TryCreate_WhatCannotBeUsed_IsToldInASentence()
    {
        Assert.StartsWith("columns is empty", Error(), StringComparison.Ordinal);
        Assert.StartsWith("columns has CpuMeanPercent twice", Error(Of(Metric.CpuMean), Of(Metric.CpuMean)), StringComparison.Ordinal);
        Assert.StartsWith("columns has core 4 twice", Error(Core(4), Core(4)), StringComparison.Ordinal);
        Assert.StartsWith("columns has core 4294967295; ", Error(Core(uint.MaxValue)), StringComparison.Ordinal);
        Assert.StartsWith("columns has 2 entries, none of which", Error(Of((Metric)77), Of(default)), StringComparison.Ordinal);
    }

    private static string? Error(params Column[] columns) => ColumnMap.TryCreate(columns, out _);

    private static Column Of(Metric metric) => new() { Metric = metric };

    private static Column Core(uint number) => new() { Metric = Metric.CpuCoreBusy, Core = number };
}
