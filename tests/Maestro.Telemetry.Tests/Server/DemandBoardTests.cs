using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Fabrics;
using Maestro.Telemetry.Server.Forecasting;
using Maestro.Telemetry.Tests.Support;
using Microsoft.Extensions.Options;

namespace Maestro.Telemetry.Tests.Service;

public sealed class DemandBoardTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly SecurityGroupId Group = new(1);

    private readonly ManualTimeProvider _time = new(Given.Noon);
    private readonly FakeStore _store = new();
    private readonly FabricState _fabric;
    private readonly DemandBoard _board;

    public DemandBoardTests()
    {
        _fabric = new FabricState(_time);
        var options = Options.Create(new AutoscalerOptions { History = TimeSpan.FromDays(1) });
        _board = new DemandBoard(_store, _fabric, options, _time);
    }

    [Fact]
    public async Task CatchUp_FabricUnknownOrWithoutSgm_WaitsForTheWeights()
    {
        Report("S1", Given.Noon - TimeSpan.FromHours(1), Given.Noon, 50);

        await CatchUpAsync();
        _fabric.Set(Given.Fabric(_time.GetUtcNow()));
        await CatchUpAsync();
        Assert.Empty(_store.Queries);
        SetWeights(("S1", 3));
        await CatchUpAsync();

        Assert.All(Demand(), value => Assert.Equal(1.5, value, 9));
    }

    [Fact]
    public async Task CatchUp_SgmAppearsWithAnotherWeight_SumsThePastAnew()
    {
        Report("S1", Given.Noon - TimeSpan.FromHours(1), Given.Noon, 50);
        Report("S2", Given.Noon - TimeSpan.FromHours(1), Given.Noon, 50);
        SetWeights(("S1", 1));
        await CatchUpAsync();
        Assert.Equal(1, Demand()[0], 9);

        SetWeights(("S1", 1), ("S2", 4));
        await CatchUpAsync();

        Assert.All(Demand(), value => Assert.Equal(2.5, value, 9));
        Assert.Equal(1, _board.Weighing);
        var readings = _store.Queries.Count;
        await CatchUpAsync();
        Assert.Equal(readings, _store.Queries.Count);
    }

    [Fact]
    public async Task CatchUp_SgmLeavesTheFabric_KeepsItsWeight()
    {
        Report("S1", Given.Noon - TimeSpan.FromHours(2), Given.Noon, 50);
        Report("S2", Given.Noon - TimeSpan.FromHours(2), Given.Noon - TimeSpan.FromHours(1), 50);
        SetWeights(("S1", 1), ("S2", 4));
        await CatchUpAsync();

        SetWeights(("S1", 2));
        await CatchUpAsync();

        Assert.Equal(3, Demand()[0], 9);
        Assert.Equal(1, Demand()[^1], 9);
    }

    [Fact]
    public async Task CatchUp_LateSamples_AreSummedOncePerFiveMinutes()
    {
        SetWeights(("S1", 1));
        Report("S1", Given.Noon - TimeSpan.FromHours(1), Given.Noon - TimeSpan.FromMinutes(30), 50);
        await CatchUpAsync();
        Assert.True(double.IsNaN(Demand()[^1]));
        var readings = _store.Queries.Count;

        Report("S1", Given.Noon - TimeSpan.FromMinutes(30), Given.Noon, 50);
        _board.Committed((Given.Noon - TimeSpan.FromMinutes(30)).ToUnixTimeMilliseconds());
        await CatchUpAsync();
        Assert.Equal(readings, _store.Queries.Count);
        _time.Advance(TimeSpan.FromMinutes(5));
        Report("S1", Given.Noon, Given.Noon + TimeSpan.FromMinutes(5), 50);
        await CatchUpAsync();

        Assert.All(Demand(), value => Assert.Equal(0.5, value, 9));
        Assert.Equal(0, _board.Weighing);
        readings = _store.Queries.Count;
        _time.Advance(TimeSpan.FromMinutes(6));
        await CatchUpAsync();
        Assert.Equal(readings + 1, _store.Queries.Count);
    }

    [Fact]
    public async Task CatchUp_SamplesInTime_AreReadOnce()
    {
        SetWeights(("S1", 1));
        Report("S1", Given.Noon - TimeSpan.FromHours(1), Given.Noon, 50);
        await CatchUpAsync();

        for (var i = 0; i < 20; i++)
        {
            Report("S1", _time.GetUtcNow(), _time.GetUtcNow() + Minute, 50);
            _board.Committed(_time.GetUtcNow().ToUnixTimeMilliseconds());
            _time.Advance(Minute);
            await CatchUpAsync();
        }

        Assert.All(_store.Queries.Skip(2), query => Assert.Equal(Minute, query.To - query.From));
        Assert.All(Demand(), value => Assert.Equal(0.5, value, 9));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task CatchUp_ReadingBreaksOff_CountsNoMinuteTwice(int rows)
    {
        SetWeights(("S1", 1), ("S2", 1));
        Report("S1", Given.Noon - TimeSpan.FromHours(1), Given.Noon, 50);
        Report("S2", Given.Noon - TimeSpan.FromHours(1), Given.Noon, 50);
        _store.BreaksOffAfter = rows;
        await Assert.ThrowsAsync<StoreUnavailableException>(CatchUpAsync);
        await CatchUpAsync();
        _time.Advance(3 * Minute);
        Report("S1", Given.Noon, Given.Noon + (3 * Minute), 50);
        Report("S2", Given.Noon, Given.Noon + (3 * Minute), 50);
        var before = Demand();

        _store.BreaksOffAfter = rows;
        await Assert.ThrowsAsync<StoreUnavailableException>(CatchUpAsync);
        Assert.Equal(before, Demand());
        await CatchUpAsync();

        Assert.Equal(before.Length + 3, Demand().Length);
        Assert.All(Demand(), value => Assert.Equal(1, value, 9));
    }

    public void Dispose() => _board.Dispose();

    private Task CatchUpAsync() => _board.CatchUpAsync(default).WaitAsync(Given.Patience);

    private double[] Demand() =>
        _board.Recent(Group, Resource.CpuWork, Given.Noon - TimeSpan.FromDays(1)).Values.ToArray();

    private void SetWeights(params (string Serial, double Weight)[] gateways) => _fabric.Set(Given.Fabric(
        _time.GetUtcNow(),
        [.. gateways.Select(g => Given.Gateway(g.Serial, 1) with { Model = new("9300", 24, g.Weight) })]));

    private void Report(string serial, DateTimeOffset from, DateTimeOffset to, double cpu)
    {
        for (var minute = from; minute < to; minute += Minute)
        {
            _store.Rollups.Add(new RollupRow(
                minute,
                new(serial),
                Group,
                [.. DemandSeries.Metrics.Select(m => Of(m is MetricId.MemberState ? 6 : cpu))]));
        }
    }

    private static Rollup Of(double value) => new(6, value, value, 6 * value);
}
