using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using static Maestro.Telemetry.IntegrationTests.Storage.Batches;

namespace Maestro.Telemetry.IntegrationTests.Storage;

public abstract partial class TelemetryStoreContract
{
    [Fact]
    public async Task Write_ARowInParts_IsOneRowWithAllOfThem()
    {
        var cpu = await WriteAsync(Of("A", 1, (0, 10), (10, 20)));
        var memory = await WriteAsync(Part("A", 1, 0, (MetricId.MemoryUsedPercent, 30), (MetricId.CpuMeanPercent, 99)));
        var again = await WriteAsync(Part("A", 1, 0, (MetricId.MemoryUsedPercent, 31)));

        Assert.Equal(new StoreResult(2, 0, 0), cpu);
        Assert.Equal(new StoreResult(0, 1, 0), memory);
        Assert.Equal(new StoreResult(0, 0, 1), again);
        var samples = await SamplesAsync("A", Noon, Noon.AddMinutes(1));
        Assert.Equal(2, samples.Count);
        Assert.Equal((10, 30), (samples[0].Values[MetricId.CpuMeanPercent], samples[0].Values[MetricId.MemoryUsedPercent]));
        Assert.Equal(2, samples[0].Values.Count);
        Assert.Single(samples[1].Values);
        var row = Assert.Single(await RollupsAsync(metrics: [MetricId.CpuMeanPercent, MetricId.MemoryUsedPercent]));
        Assert.Equal([new Rollup(2, 10, 20, 30), new Rollup(1, 30, 30, 30)], row.Values);
        Assert.Equal((2, 1), Counts(await _store.GetStatisticsAsync(default)));
    }

    [Fact]
    public async Task Write_PartsInOneWrite_AreMerged()
    {
        var result = await WriteAsync(
            Part("A", 1, 0, (MetricId.CpuMeanPercent, 1)),
            Part("B", 1, 0, (MetricId.CpuMeanPercent, 9)),
            Part("A", 1, 0, (MetricId.CpuMeanPercent, 2), (MetricId.AccelerationRatio, 0.5)),
            Part("A", 1, 0, (MetricId.AccelerationRatio, 0.75), (MetricId.MemberState, 3)),
            Part("A", 1, 0, (MetricId.MemberState, 4)));

        Assert.Equal(new StoreResult(2, 2, 1), result);
        var sample = Assert.Single(await SamplesAsync("A", Noon, Noon.AddMinutes(1)));
        Assert.Equal(1, sample.Values[MetricId.CpuMeanPercent]);
        Assert.Equal(0.5, sample.Values[MetricId.AccelerationRatio]);
        Assert.Equal(3, sample.Values[MetricId.MemberState]);
        var row = Assert.Single(await RollupsAsync(serial: "A", metrics: [MetricId.AccelerationRatio, MetricId.MemberState]));
        Assert.Equal([new Rollup(1, 0.5, 0.5, 0.5), new Rollup(1, 3, 3, 3)], row.Values);
    }

    [Fact]
    public async Task Write_APartFromAnotherGroup_StaysInTheGroupOfTheRow()
    {
        await WriteAsync(Part("A", 1, 0, (MetricId.CpuMeanPercent, 10)));
        var moved = await WriteAsync(Part("A", 2, 0, (MetricId.CpuMeanPercent, 90), (MetricId.MemoryUsedPercent, 40)));

        Assert.Equal(new StoreResult(0, 1, 0), moved);
        var sample = Assert.Single(await SamplesAsync("A", Noon, Noon.AddMinutes(1)));
        Assert.Equal(new SecurityGroupId(1), sample.Group);
        Assert.Equal((10, 40), (sample.Values[MetricId.CpuMeanPercent], sample.Values[MetricId.MemoryUsedPercent]));
        var row = Assert.Single(await RollupsAsync(metrics: [MetricId.CpuMeanPercent, MetricId.MemoryUsedPercent]));
        Assert.Equal(new SecurityGroupId(1), row.Group);
        Assert.Equal([new Rollup(1, 10, 10, 10), new Rollup(1, 40, 40, 40)], row.Values);
    }

    [Fact]
    public async Task Write_CoresInParts_AreAllThere()
    {
        await WriteAsync(Cores("A", 0, (5, 50), (2, 20)));
        var second = await WriteAsync(Cores("A", 0, (2, 99), (0, 1)));
        var again = await WriteAsync(Cores("A", 0, (0, 2), (5, 3)));
        var third = await WriteAsync(Cores("A", 10, (0, 1)), Cores("A", 10, (5, 50), (2, 20)));

        Assert.Equal((1, 0), (second.Merged, second.Duplicates));
        Assert.Equal((0, 1), (again.Merged, again.Duplicates));
        Assert.Equal(new StoreResult(1, 1, 0), third);
        var samples = await SamplesAsync("A", Noon, Noon.AddMinutes(1));
        Assert.All(samples, s => Assert.Equal([(0, 1), (2, 20), (5, 50)], s.Cores.Select(c => (c.Key.Number, c.Value))));
    }

    [Fact]
    public async Task Write_APartOfTheNewestRow_IsInTheLatest()
    {
        await WriteAsync(Part("A", 1, 0, (MetricId.CpuMeanPercent, 10)));
        await WriteAsync(Part("A", 1, 0, (MetricId.MemoryUsedPercent, 40)));

        var latest = Assert.Single(await _store.GetLatestAsync(Noon.AddMinutes(-1), default));

        Assert.Equal((10, 40), (latest.Values[MetricId.CpuMeanPercent], latest.Values[MetricId.MemoryUsedPercent]));
    }

    private static SampleBatch Part(string serial, int group, double second, params (MetricId Metric, double Value)[] values) =>
        new()
        {
            Serial = new GatewaySerial(serial),
            Group = new SecurityGroupId(group),
            Metrics = [.. values.Select(v => v.Metric)],
            TimestampsMs = new[] { Ms(second) },
            Values = values.Select(v => v.Value).ToArray(),
        };

    private static SampleBatch Cores(string serial, double second, params (int Core, double Percent)[] cores) => new()
    {
        Serial = new GatewaySerial(serial),
        Group = new SecurityGroupId(1),
        Metrics = [],
        Cores = [.. cores.Select(c => new CoreId(c.Core, CoreType.Fw))],
        TimestampsMs = new[] { Ms(second) },
        Values = default,
        CoreValues = cores.Select(c => c.Percent).ToArray(),
    };

    private static (long Samples, long Rollups) Counts(StoreStatistics statistics) =>
        (statistics.SampleRows, statistics.RollupRows);
}
