using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Scaling.Learning;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Fabrics;
using Maestro.Telemetry.Server.Learning;
using Maestro.Telemetry.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Maestro.Telemetry.Tests.Service;

public sealed class EfficiencyHistoryTests
{
    private const int HoursOfFourWeeks = 28 * 24;

    [Fact]
    public async Task Read_ThreeDaysWithThreeNumbersOfMembers_LearnsWhatTheyAreWorth_AnHourInEachCall()
    {
        var store = new FakeStore();
        store.Rollups.AddRange(Day(3, members: 2, 50).Concat(Day(2, members: 4, 28)).Concat(Day(1, members: 8, 18)));
        using var history = History(store, learn: true);

        Assert.Empty(await ReadAsync(history));
        Assert.Equal((Given.Noon.AddHours(-1), Given.Noon), (store.Queries[0].From, store.Queries[0].To));
        for (var i = 1; i < 73; i++)
        {
            await ReadAsync(history);
        }

        // Two did with 100 % of one SGM what four do with 112 % and eight with 144 %; a day weighs 1 to 7 of the prior.
        var curve = (await ReadAsync(history))[new SecurityGroupId(1)];
        Assert.Equal(74, store.Queries.Count);
        Assert.Equal(1 - ((1 - (100.0 / 112)) / 8), curve.At(4), 6);
        Assert.Equal(1 - ((1 - (100.0 / 144)) / 8), curve.At(8), 6);
    }

    [Fact]
    public async Task Read_AStoreThatBreaksOff_KeepsWhatIsKnownAndReadsTheHourAgain()
    {
        var store = new FakeStore { BreaksOffAfter = 1 };
        store.Rollups.AddRange(Day(1, members: 2, 50));
        using var history = History(store, learn: true);

        Assert.Empty(await ReadAsync(history));
        Assert.Empty(await ReadAsync(history));

        Assert.Equal(store.Queries[0].From, store.Queries[1].From);
    }

    [Fact]
    public async Task Read_AllHoursRead_ReadsNoMore()
    {
        var store = new FakeStore();
        using var history = History(store, learn: true);
        for (var i = 0; i < HoursOfFourWeeks + 3; i++)
        {
            await ReadAsync(history);
        }

        Assert.Equal(HoursOfFourWeeks, store.Queries.Count);
    }

    [Fact]
    public async Task Read_NoGroupAsks_ReadsNothing()
    {
        var store = new FakeStore();
        using var history = History(store, learn: false);

        Assert.Empty(await ReadAsync(history));
        Assert.Empty(store.Queries);
    }

    [Fact]
    public void Hour_InWhichAMemberCame_SaysNothing()
    {
        var hour = new EfficiencyHour(_ => 1);
        for (var minute = 0; minute < 60; minute++)
        {
            hour.Add(new(Given.Noon.AddMinutes(minute), new("S1"), new(1), 50, 1e9, 0, 0));
            hour.Add(new(Given.Noon.AddMinutes(minute), new("S2"), new(1), 50, 1e9, 0, 0, Active: minute >= 30));
            hour.Add(new(Given.Noon.AddMinutes(minute), new("S3"), new(2), 30, 2e9, 0, 0, Active: minute >= 5));
            hour.Add(new(Given.Noon.AddMinutes(minute), new("S4"), new(2), 10, 2e9, 0, 0));
            hour.Add(new(Given.Noon.AddMinutes(minute), new("S5"), null, 90, 0, 0, 0));
            hour.Add(new(Given.Noon.AddMinutes(minute), GatewaySerial.WholeGroup, new(3), 240, 4e9, 0, 0));
        }

        var (group, sample) = Assert.Single(hour.Samples());
        Assert.Equal((2, 2), (group.Value, sample.Members));
        Assert.Equal((0.4, 4e9, 1.0), (Math.Round(sample.Work, 9), sample.Throughput, sample.Hours));
    }

    private static EfficiencyHistory History(FakeStore store, bool learn)
    {
        var options = new FabricOptions();
        options.Groups.Add(new GroupOptions { Id = 1, LearnEfficiency = learn });
        return new(
            store,
            new FabricState(new ManualTimeProvider(Given.Noon)),
            Options.Create(options),
            NullLogger<EfficiencyHistory>.Instance);
    }

    private static async Task<ImmutableSortedDictionary<SecurityGroupId, EfficiencyCurve>> ReadAsync(
        EfficiencyHistory history) =>
        await history.ReadAsync(Given.Noon.AddMinutes(20), default).WaitAsync(Given.Patience);

    /// <summary>24 hours up to so many days before, less one, with 1 Gbit/s over all members.</summary>
    private static IEnumerable<RollupRow> Day(int daysAgo, int members, double cpu) =>
        from minute in Enumerable.Range(0, 24 * 60)
        from member in Enumerable.Range(0, members)
        select new RollupRow(
            Given.Noon.AddDays(-daysAgo).AddMinutes(minute),
            new($"S{member}"),
            new(1),
            [.. DemandSeries.Metrics.Select(m => Of(m switch
            {
                MetricId.CpuMeanPercent => cpu,
                MetricId.ReceivedBitsPerSecond => 1e9 / members,
                _ => 6,
            }))]);

    private static Rollup Of(double value) => new(6, value, value, 6 * value);
}
