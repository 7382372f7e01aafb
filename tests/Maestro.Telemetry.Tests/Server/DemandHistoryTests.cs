using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Fabrics;
using Maestro.Telemetry.Server.Forecasting;
using Maestro.Telemetry.Tests.Support;

namespace Maestro.Telemetry.Tests.Service;

public sealed class DemandHistoryTests
{
    private static readonly DateTimeOffset Midnight = Given.Noon.AddHours(-12);

    [Fact]
    public async Task Read_WholeDays_GivesThePeakOfEachHour()
    {
        var store = new FakeStore();
        store.Rollups.AddRange(Rollups(Midnight.AddDays(-3), Given.Noon));
        using var history = History(store, out _);

        var series = (await ReadAsync(history))[(new(1), Resource.CpuWork)];

        Assert.Equal((Midnight.AddDays(-3), 72, TimeSpan.FromHours(1)), (series.Start, series.Count, series.Step));

        // One SGM at 10 % and more by the hour; five minutes of each hour are 20 % busier.
        Assert.Equal(0.3, series.Values.Span[0], 9);
        Assert.Equal(0.3 + 0.13, series.Values.Span[24 + 13], 9);
    }

    [Fact]
    public async Task Read_HoursThatAreMostlyMissing_AreUnknown()
    {
        var store = new FakeStore();
        store.Rollups.AddRange(Rollups(Midnight.AddDays(-2), Midnight)
            .Where(r => r.Minute.Hour != 5 || r.Minute.Minute < 30));
        using var history = History(store, out _);

        var values = (await ReadAsync(history))[(new(1), Resource.CpuWork)].Values.ToArray();

        Assert.Equal([5, 29], values.Index().Where(v => double.IsNaN(v.Item)).Select(v => v.Index));
    }

    [Fact]
    public async Task Read_Again_ReadsOnlyNewDaysAndThoseThatMayBeLate()
    {
        var store = new FakeStore();
        store.Rollups.AddRange(Rollups(Midnight.AddDays(-3), Midnight.AddDays(1)));
        using var history = History(store, out var time);
        await ReadAsync(history);
        store.Queries.Clear();

        time.Advance(TimeSpan.FromDays(1));
        var series = (await ReadAsync(history))[(new(1), Resource.CpuWork)];

        Assert.Equal(96, series.Count);
        Assert.Equal([Midnight.AddDays(-1), Midnight], store.Queries.Select(q => q.From));
    }

    [Fact]
    public async Task Read_StoreBreaksOff_KeepsTheDaysBefore()
    {
        var store = new FakeStore { BreaksOffAfter = 100 };
        store.Rollups.AddRange(Rollups(Midnight.AddDays(-3), Midnight));
        using var history = History(store, out _);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => ReadAsync(history));
        store.Queries.Clear();

        Assert.Equal(72, (await ReadAsync(history))[(new(1), Resource.CpuWork)].Count);
        Assert.Equal(3, store.Queries.Count);
    }

    private static DemandHistory History(FakeStore store, out ManualTimeProvider time)
    {
        time = new ManualTimeProvider(Given.Noon);
        var fabric = new FabricState(time);
        fabric.Set(Given.Fabric(Given.Noon, Given.Gateway("S1", 1)));
        return new DemandHistory(store, fabric, time);
    }

    private static async Task<IReadOnlyDictionary<(Maestro.Telemetry.Fabric.SecurityGroupId Group, Resource Resource), TimeSeries>>
        ReadAsync(DemandHistory history) => await history.ReadAsync(default).WaitAsync(Given.Patience);

    private static IEnumerable<RollupRow> Rollups(DateTimeOffset from, DateTimeOffset to)
    {
        for (var minute = from; minute < to; minute += TimeSpan.FromMinutes(1))
        {
            var value = 10 + minute.Hour + (minute.Minute is >= 20 and < 25 ? 20 : 0);
            yield return new RollupRow(
                minute, new("S1"), new(1), [.. DemandSeries.Metrics.Select(m => Of(m is MetricId.MemberState ? 6 : value))]);
        }
    }

    private static Rollup Of(double value) => new(6, value, value, 6 * value);
}
