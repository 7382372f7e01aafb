using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using static Maestro.Telemetry.IntegrationTests.Storage.Batches;

namespace Maestro.Telemetry.IntegrationTests.Storage;

public abstract partial class TelemetryStoreContract
{
    [Fact]
    public async Task Rollups_LateRows_JoinTheirMinute()
    {
        await WriteAsync(Of("A", 1, (130, 5)));
        await WriteAsync(Of("A", 1, (10, 1), (70, 3)));
        await WriteAsync(Of("A", 1, (20, 2)));

        var rows = await RollupsAsync();

        Assert.Equal([Noon, Noon.AddMinutes(1), Noon.AddMinutes(2)], rows.Select(r => r.Minute));
        Assert.Equal(new Rollup(2, 1, 2, 3), rows[0].Values[0]);
        Assert.Equal(1.5, rows[0].Values[0].Mean);
    }

    [Fact]
    public async Task Rollups_SamplesWithDifferentMetrics_CountEachMetricByItself()
    {
        await WriteAsync(Of("A", 1, (0, 4), (5, 6)), Full("A", 1, Noon.AddSeconds(10), TimeSpan.FromSeconds(1), 1));

        var row = Assert.Single(await RollupsAsync(
            metrics: [MetricId.MemberState, MetricId.CpuMeanPercent, MetricId.CpuMeanPercent]));

        Assert.Equal(
            [new Rollup(1, 11.5, 11.5, 11.5), new Rollup(3, 0.5, 6, 10.5), new Rollup(3, 0.5, 6, 10.5)], row.Values);
    }

    [Fact]
    public async Task Rollups_AMetricNeverSent_HasCountZero()
    {
        await WriteAsync(Of("A", 1, (0, 4)));

        var row = Assert.Single(await RollupsAsync(metrics: [MetricId.AccelerationRatio]));

        Assert.Equal(0, row.Values[0].Count);
        Assert.True(double.IsNaN(row.Values[0].Mean));
    }

    [Fact]
    public async Task Rollups_ComeInOrderOfTimeThenSerial()
    {
        await WriteAsync(Of("C", 1, (0, 1), (60, 1)), Of("B", 2, (0, 1), (60, 1)), Of("A", null, (60, 1)), Of("Z", 1, (0, 1)));

        var rows = await RollupsAsync();

        Assert.Equal(["0B", "0C", "0Z", "1A", "1B", "1C"], rows.Select(r => $"{(r.Minute - Noon).TotalMinutes}{r.Serial}"));
    }

    [Fact]
    public async Task Rollups_AnSgmThatMoves_IsInBothGroupsOfItsMinute()
    {
        await WriteAsync(Of("A", 1, (0, 10), (10, 20)), Of("A", 2, (20, 90)), Of("A", null, (30, 5)), Of("B", 1, (0, 1)));

        Assert.Equal(
            [new Rollup(2, 10, 20, 30), new Rollup(1, 1, 1, 1)], (await RollupsAsync(group: 1)).Select(r => r.Values[0]));
        Assert.Equal(90, Assert.Single(await RollupsAsync(group: 2)).Values[0].Sum);
        Assert.Equal(
            [null, new SecurityGroupId(1), new SecurityGroupId(2)], (await RollupsAsync(serial: "A")).Select(r => r.Group));
        Assert.Equal(30, Assert.Single(await RollupsAsync(group: 1, serial: "A")).Values[0].Sum);
        Assert.Empty(await RollupsAsync(group: 3));
        Assert.Empty(await RollupsAsync(group: 2, serial: "B"));
        Assert.Empty(await RollupsAsync(serial: "nobody"));
    }

    [Fact]
    public async Task Rollups_AreReadFromInclusiveToExclusive_AcrossGaps()
    {
        await WriteAsync(Of("A", 1, (0, 1), (60, 2), (86_400 * 40, 3), (86_400 * 80, 4)));

        var rows = await RollupsAsync(from: Noon.AddMinutes(1), to: Noon.AddDays(80));

        Assert.Equal([2, 3], rows.Select(r => r.Values[0].Sum));
        Assert.Equal(4, (await RollupsAsync(from: DateTimeOffset.MinValue, to: DateTimeOffset.MaxValue)).Count);
    }

    [Fact]
    public async Task Rollups_ManyRows_AreAllReadWhileWritingGoesOn()
    {
        await WriteAsync([.. Enumerable.Range(0, 30).Select(i => Full($"S{i:D2}", 1, Noon, TimeSpan.FromMinutes(1), 400))]);

        var rows = 0;
        await foreach (var row in _store.ReadRollupsAsync(Query(null, null, null, null, null), default))
        {
            if (rows++ % 1000 == 0)
            {
                await WriteAsync(Of("NEW", 2, (-60 - rows, 1)));
            }

            Assert.Equal(1, row.Values[0].Count);
        }

        Assert.Equal(12_000, rows);
    }

    private static RollupQuery Query(
        DateTimeOffset? from, DateTimeOffset? to, int? group, string? serial, MetricId[]? metrics) => new()
        {
            From = from ?? Noon.AddDays(-1),
            To = to ?? Noon.AddDays(1),
            Group = group is { } number ? new SecurityGroupId(number) : null,
            Serial = serial is null ? null : new GatewaySerial(serial),
            Metrics = metrics ?? [MetricId.CpuMeanPercent],
        };

    private async Task<List<RollupRow>> RollupsAsync(
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        int? group = null,
        string? serial = null,
        MetricId[]? metrics = null)
    {
        var rows = new List<RollupRow>();
        await foreach (var row in _store.ReadRollupsAsync(Query(from, to, group, serial, metrics), default))
        {
            rows.Add(row with { Values = [.. row.Values] });
        }

        return rows;
    }
}
