using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Cli.Transfers;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.IntegrationTests.Storage;

namespace Maestro.Telemetry.IntegrationTests.Transfers;

public sealed class ExportTests(InfluxProcess server) : IClassFixture<InfluxProcess>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TemporaryDirectory _directory = new();
    private readonly string _database = $"export_{Guid.NewGuid():N}";

    private StoreSettings Sqlite => Histories.Settings($"sqlite:{_directory.File("data")}");

    private StoreSettings Influx => Histories.Settings($"influxdb:{server.Url.AbsoluteUri.TrimEnd('/')}/{_database}");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Csv_OfSamples_HasARowForEachAndQuotesWhatMustBe()
    {
        await Histories.FillAsync(Sqlite);

        var lines = await ExportAsync(Sqlite, ExportWhat.Samples);

        Assert.StartsWith("time,group,serial,cpu_mean_percent,", lines[0], StringComparison.Ordinal);
        var samples = (await Histories.ContentAsync(Sqlite)).Count(l => l.StartsWith("sample", StringComparison.Ordinal));
        Assert.Equal(samples, lines.Length - 1);
        Assert.Contains(lines, l => l.Contains(",2,\"B, \"\"2\"\"\",", StringComparison.Ordinal));
        Assert.Contains(
            lines, l => l == "2026-11-22T14:00:00Z,,C,12.5,,,,,,,,,,,,snd_0=1.5 fw_1=2.25");
    }

    [Fact]
    public async Task Csv_OfAServiceThatRuns_IsWritten()
    {
        await Histories.FillAsync(Sqlite);
        await using var store = Sqlite.OpenStore();

        var lines = await ExportAsync(Sqlite, ExportWhat.Rollups, group: 2);

        Assert.All(lines[1..], l => Assert.Contains(",2,", l, StringComparison.Ordinal));
        Assert.InRange(lines.Length, 100, 125);
    }

    [Fact]
    public async Task Csv_OfForecasts_HasARowForEachIntervalAndLevel()
    {
        await Histories.FillAsync(Sqlite);

        var lines = await ExportAsync(Sqlite, ExportWhat.Forecasts);

        Assert.Equal(1 + (5 * 2 * 2), lines.Length);
        Assert.Equal("2026-11-22T12:00:00Z,1,cpu_work,direct,true,2026-11-22T12:05:00Z,0.95,4,4.5", lines[4]);
    }

    [Fact]
    public async Task Csv_OfDemand_HasAColumnForEachGroup()
    {
        await Histories.FillAsync(Sqlite);

        var lines = await ExportAsync(Sqlite, ExportWhat.Demand);

        Assert.Equal("time,group-1,group-2", lines[0]);
        Assert.InRange(lines.Length, 30, 40);
    }

    [Fact]
    public async Task Csv_FromInflux_IsThatFromSqlite()
    {
        await Histories.FillAsync(Sqlite);
        var run = new MigrationRun(Sqlite, Influx, _directory.File("state.json"));
        Assert.Equal(ExitCodes.Ok, await run.RunAsync(TimeProvider.System, default).WaitAsync(Patience));

        foreach (var what in Enum.GetValues<ExportWhat>())
        {
            Assert.Equal(
                (await ExportAsync(Sqlite, what)).Order(StringComparer.Ordinal),
                (await ExportAsync(Influx, what)).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Line_ImportedByInflux_IsTheSame()
    {
        await Histories.FillAsync(Sqlite);

        // The import needs the database; the first use of the store makes it.
        await using (var store = Influx.OpenStore())
        {
            await store.GetStatisticsAsync(default);
        }

        foreach (var what in (ExportWhat[])[ExportWhat.Samples, ExportWhat.Rollups, ExportWhat.Forecasts])
        {
            await ExportAsync(Sqlite, what, isLine: true);
            await ImportAsync();
        }

        Assert.Equal(await Histories.ContentAsync(Sqlite), await Histories.ContentAsync(Influx));
    }

    private async Task<string[]> ExportAsync(
        StoreSettings store, ExportWhat what, int? group = null, bool isLine = false)
    {
        var settings = new ExportSettings
        {
            What = what,
            IsLine = isLine,
            From = Histories.Begin.AddDays(-1),
            To = Histories.End.AddDays(1),
            Group = group is { } number ? new SecurityGroupId(number) : null,
            Out = _directory.File("out"),
        };
        if (what == ExportWhat.Demand)
        {
            settings = settings with { From = Histories.Begin, To = Histories.End };
        }

        Assert.Equal(ExitCodes.Ok, await new ExportRun(store, settings).RunAsync(default).WaitAsync(Patience));
        var text = await File.ReadAllTextAsync(settings.Out);
        return text.Split(isLine ? "\n" : "\r\n", StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>As the header of the file says, by the interface that the tool for imports uses.</summary>
    private async Task ImportAsync()
    {
        var text = await File.ReadAllTextAsync(_directory.File("out"));
        var database = Header(text, "# CONTEXT-DATABASE: ");
        var policy = Header(text, "# CONTEXT-RETENTION-POLICY: ");
        using var http = new HttpClient();
        using var content = new StringContent(text);
        using var answer = await http.PostAsync(
            new Uri(server.Url, $"/write?db={_database}&rp={policy}&precision=ns"), content).WaitAsync(Patience);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        Assert.Equal("maestro", database);
    }

    private static string Header(string text, string name) =>
        text.Split('\n').FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal))?[name.Length..] ?? "";
}
