using System.Globalization;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Cli.Imports;
using Maestro.Telemetry.Cli.Transfers;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.IntegrationTests.Replay;
using Maestro.Telemetry.IntegrationTests.Storage;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.IntegrationTests.Imports;

/// <summary>What an import does, whatever store it is into.</summary>
public abstract class ImportContract : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly DateTimeOffset Begin = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly SecurityGroupId Three = new(3);

    private readonly TemporaryDirectory _directory = new();

    /// <summary>A store that is empty at first and keeps everything.</summary>
    private protected abstract StoreSettings Store { get; }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Import_OfAWholeGroup_IsItsDemandInEachMinuteUpToThePoint()
    {
        var file = Csv("demand.csv", "demand", 4.1, 4.2, null, 4.4);

        Assert.Equal(ExitCodes.Ok, await RunAsync(Settings(file, "sgms")));

        var demand = await DemandAsync(Resource.CpuWork);
        Assert.Equal(Begin - TimeSpan.FromMinutes(5), demand.Start);
        Assert.Equal(20, demand.Count);
        Assert.Equal([4.1, 4.2, double.NaN, 4.4], demand.Values.ToArray().Where((_, i) => i % 5 == 3), Close);
        var rows = await RowsAsync();
        Assert.All(rows, row => Assert.Equal((GatewaySerial.WholeGroup, Three), (row.Serial, row.Group)));
    }

    [Fact]
    public async Task DryRun_StoresNothing()
    {
        var settings = Settings(Csv("demand.csv", "demand", 4.1, 4.2), "sgms");
        await RunAsync(settings with { Until = Begin.AddMinutes(5) });

        Assert.Equal(ExitCodes.Ok, await RunAsync(settings with { DryRun = true }));

        Assert.Equal(5, (await RowsAsync()).Count);
    }

    [Fact]
    public async Task Import_OnceMore_ChangesNothing()
    {
        var settings = Settings(Csv("demand.csv", "demand", 4.1, 4.23456789, 0, 4.4), "sgms");
        await RunAsync(settings);
        var before = await ContentAsync();

        Assert.Equal(ExitCodes.Ok, await RunAsync(settings));

        Assert.Equal(before, await ContentAsync());
        Assert.Equal(20, before.Count);
    }

    [Fact]
    public async Task Import_OfAnotherResource_JoinsTheMinutesThatAreThere()
    {
        await RunAsync(Settings(Csv("cpu.csv", "cpu", 50, 60, 70), "percent") with { Members = 4 });

        Assert.Equal(ExitCodes.Ok, await RunAsync(
            Settings(Csv("bits.csv", "bits", 1.5, 2, 2.5), "Gbit/s") with { Resource = Resource.BitsPerSecond }));

        Assert.Equal([2, 2.4, 2.8], (await DemandAsync(Resource.CpuWork)).Values.ToArray().Distinct(), Close);
        Assert.Equal([1.5e9, 2e9, 2.5e9], (await DemandAsync(Resource.BitsPerSecond)).Values.ToArray().Distinct(), Close);
        Assert.Equal(15, (await RowsAsync()).Count);
    }

    [Fact]
    public async Task Import_OfMembers_IsSummedAndHasTheirSite()
    {
        var file = Csv("members.csv", "one,two", [[20, 30], [25, 35]]);

        Assert.Equal(ExitCodes.Ok, await RunAsync(Settings(file, "percent") with
        {
            Serials = [new("A"), new("B")],
            Site = "1",
        }));

        Assert.Equal([0.5, 0.6], (await DemandAsync(Resource.CpuWork)).Values.ToArray().Distinct(), Close);
        await using var history = Store.OpenHistory();
        Assert.Equal("1", (await history.GetSitesAsync(default))[new("B")]);
    }

    [Fact]
    public async Task Import_OfCpview_IsTheSgmMinuteByMinute()
    {
        var file = _directory.File("CPViewDB.dat");
        using (var cpview = new CpviewDatabase(file))
        {
            for (var minute = 0; minute < 10; minute++)
            {
                cpview.Add(Begin.AddMinutes(minute), 10 + minute, 30 + minute);
            }
        }

        Assert.Equal(ExitCodes.Ok, await RunAsync(Settings(file, null) with
        {
            Serials = [new("A")],
            Step = TimeSpan.FromMinutes(1),
        }));

        var rows = await RowsAsync();
        Assert.Equal(Enumerable.Range(20, 10), rows.Select(r => (int)Math.Round(r.Values[0].Mean)));
        Assert.Equal(Begin.AddMinutes(-1), rows[0].Minute);
        await Assert.ThrowsAsync<FormatException>(() => RunAsync(Settings(file, null)));
    }

    [Fact]
    public async Task Import_OverWhatWasMeasured_StoresNothing()
    {
        await MeasureAsync("A", Begin.AddMinutes(7));
        var before = await ContentAsync();
        var whole = Settings(Csv("demand.csv", "demand", 4.1, 4.2, 4.3), "sgms");
        var itself = Settings(Csv("a.csv", "a", 41, 42, 43), "percent") with { Serials = [new("A")] };

        Assert.Equal(ExitCodes.Failed, await RunAsync(whole));
        Assert.Equal(ExitCodes.Failed, await RunAsync(itself));
        Assert.Equal(before, await ContentAsync());

        // The remedy that it names.
        Assert.Equal(ExitCodes.Ok, await RunAsync(whole with { Until = Begin.AddMinutes(7) }));
        Assert.Equal(11, (await RowsAsync()).Count);
    }

    [Fact]
    public async Task Import_OverASenderOfLittle_LeavesItAsItIs()
    {
        // Nothing in what is stored of it differs from an import.
        await MeasureAsync(new SampleBatch
        {
            Serial = new("A"),
            Group = Three,
            Metrics = [MetricId.CpuMeanPercent],
            TimestampsMs = new[] { Begin.AddMinutes(3).ToUnixTimeMilliseconds() },
            Values = new[] { 47.0 },
        });
        var before = await ContentAsync();
        var itself = Settings(Csv("a.csv", "a", 41, 42, 43), "percent") with { Serials = [new("A")] };

        Assert.Equal(ExitCodes.Failed, await RunAsync(itself));
        Assert.Equal(ExitCodes.Failed, await RunAsync(itself with { Replace = true }));
        Assert.Equal(before, await ContentAsync());

        // What was imported beside it is known again, and may be replaced.
        var upTo = itself with { Until = Begin.AddMinutes(3) };
        Assert.Equal(ExitCodes.Ok, await RunAsync(upTo));
        Assert.Equal(ExitCodes.Ok, await RunAsync(upTo));
        var other = Settings(Csv("b.csv", "a", 51, 52, 53), "percent") with { Serials = [new("A")], Until = upTo.Until };
        Assert.Equal(ExitCodes.Failed, await RunAsync(other));
        Assert.Equal(ExitCodes.Ok, await RunAsync(other with { Replace = true }));
        Assert.Contains(47, (await RowsAsync()).Select(r => r.Values[0].Sum));
        Assert.Contains(51, (await RowsAsync()).Select(r => r.Values[0].Sum));
    }

    [Fact]
    public async Task Import_OfAMemberBesideTheWholeGroup_IsRefused()
    {
        await RunAsync(Settings(Csv("demand.csv", "demand", 4.1, 4.2), "sgms"));
        var member = Settings(Csv("a.csv", "a", 41, 42), "percent") with { Serials = [new("A")] };

        Assert.Equal(ExitCodes.Failed, await RunAsync(member));

        Assert.Equal(ExitCodes.Ok, await RunAsync(member with { Group = new(4) }));
    }

    [Fact]
    public async Task Import_OfOtherValues_NeedsToBeToldToReplace()
    {
        await RunAsync(Settings(Csv("demand.csv", "demand", 4.1, 4.2), "sgms"));
        var better = Settings(Csv("better.csv", "demand", 4.1, 5.2), "sgms");

        Assert.Equal(ExitCodes.Failed, await RunAsync(better));
        Assert.Equal(ExitCodes.Ok, await RunAsync(better with { Replace = true }));

        Assert.Equal([4.1, 5.2], (await DemandAsync(Resource.CpuWork)).Values.ToArray().Distinct(), Close);
    }

    [Fact]
    public async Task Import_ThatWasInterrupted_IsFinishedByRunningItAgain()
    {
        var settings = Settings(Csv("demand.csv", "demand", 4.1, 4.2, 4.3, 4.4), "sgms");
        await RunAsync(settings with { Until = Begin.AddMinutes(10) });

        Assert.Equal(ExitCodes.Ok, await RunAsync(settings));

        Assert.Equal([4.1, 4.2, 4.3, 4.4], (await DemandAsync(Resource.CpuWork)).Values.ToArray().Distinct(), Close);
        Assert.Equal(20, (await RowsAsync()).Count);
    }

    protected virtual void Dispose(bool disposing) => _directory.Dispose();

    private protected string File(string name) => _directory.File(name);

    private protected static ImportSettings Settings(string file, string? unit) => new()
    {
        Files = [file],
        Group = Three,
        Unit = unit,
    };

    private protected Task<int> RunAsync(ImportSettings settings) =>
        new ImportRun(Store, settings).RunAsync(TimeProvider.System, default).WaitAsync(Patience);

    private protected string Csv(string name, string column, params double?[] values) =>
        Csv(name, column, [.. values.Select(v => new[] { v })]);

    private protected async Task<List<RollupRow>> RowsAsync()
    {
        await using var history = Store.OpenHistory();
        var rows = new List<RollupRow>();
        await foreach (var row in history.ReadRollupsAsync(
            DemandSeries.Query(Begin.AddDays(-1), Begin.AddDays(1)) with { Extremes = null }, default))
        {
            rows.Add(row with { Values = [.. row.Values] });
        }

        return rows;
    }

    private static bool Close(double a, double b) => a.Equals(b) || Math.Abs(a - b) <= 1e-9 * Math.Max(1, Math.Abs(b));

    private string Csv(string name, string columns, double?[][] rows)
    {
        var file = _directory.File(name);
        System.IO.File.WriteAllLines(file, rows.Select((row, i) => string.Create(
            CultureInfo.InvariantCulture,
            $"{Begin.AddMinutes(5 * i):yyyy-MM-ddTHH:mm}Z,{string.Join(',', row.Select(v => v?.ToString(CultureInfo.InvariantCulture)))}"))
            .Prepend($"time,{columns}"));
        return file;
    }

    private async Task<TimeSeries> DemandAsync(Resource resource)
    {
        var demand = new DemandAccumulator(static _ => 1);
        foreach (var row in await RowsAsync())
        {
            demand.Add(DemandSeries.FromRollup(row));
        }

        demand.CloseBefore(demand.OpenMinute!.Value.AddMinutes(1));
        return demand.Series(Three, resource, TimeSpan.FromMinutes(1))!;
    }

    private async Task<List<string>> ContentAsync() =>
    [
        .. (await RowsAsync()).Select(row => string.Create(
            CultureInfo.InvariantCulture, $"{row.Minute:O} {row.Serial} {row.Group} {string.Join(' ', row.Values)}")),
    ];

    private Task MeasureAsync(string serial, DateTimeOffset time) =>
        MeasureAsync(Batches.Full(serial, 3, time, TimeSpan.FromSeconds(10), 6));

    private async Task MeasureAsync(SampleBatch batch)
    {
        await using var store = Store.OpenStore();
        await store.WriteAsync([batch], default);

        // What is in hand is stored, in either store.
        await store.GetStatisticsAsync(default);
    }
}
