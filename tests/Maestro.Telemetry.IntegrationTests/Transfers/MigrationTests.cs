using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Cli.Transfers;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.IntegrationTests.Storage;
using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.IntegrationTests.Transfers;

public sealed class MigrationTests(InfluxProcess server) : IClassFixture<InfluxProcess>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryDirectory _directory = new();
    private readonly string _database = $"migration_{Guid.NewGuid():N}";

    private StoreSettings Sqlite => Histories.Settings($"sqlite:{_directory.File("first")}");

    private StoreSettings Back => Histories.Settings($"sqlite:{_directory.File("back")}");

    private StoreSettings Influx => Histories.Settings($"influxdb:{server.Url.AbsoluteUri.TrimEnd('/')}/{_database}");

    private string StateFile => _directory.File("state.json");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Migration_ToInfluxAndBack_IsTheSame()
    {
        await Histories.FillAsync(Sqlite);

        Assert.Equal(ExitCodes.Ok, await MigrateAsync(Sqlite, Influx));
        Assert.Equal(ExitCodes.Ok, await MigrateAsync(Influx, Back));

        var first = await Histories.ContentAsync(Sqlite);
        Assert.Equal(first, await Histories.ContentAsync(Influx));
        Assert.Equal(first, await Histories.ContentAsync(Back));
        Assert.False(File.Exists(StateFile));
    }

    [Fact]
    public async Task Migration_OnceMore_ChangesNothing()
    {
        await Histories.FillAsync(Sqlite);
        await MigrateAsync(Sqlite, Back);

        Assert.Equal(ExitCodes.Ok, await MigrateAsync(Sqlite, Back));

        Assert.Equal(await Histories.ContentAsync(Sqlite), await Histories.ContentAsync(Back));
    }

    [Fact]
    public async Task Migration_Interrupted_GoesOnWhereItWas()
    {
        await Histories.FillAsync(Sqlite);
        await using (var source = Sqlite.OpenHistory())
        await using (var target = Back.OpenStore())
        await using (var written = Back.OpenHistory())
        {
            var begin = Histories.Begin;
            var state = new MigrationState(
                Sqlite.ToString(), Back.ToString(), begin, Histories.End, begin, begin, begin);
            var steps = 0;
            var migration = new Migration(source, target, written)
            {
                Advanced = async (step, _) =>
                {
                    if (++steps == 2)
                    {
                        throw new IOException("No room is left.");
                    }

                    await step.SaveAsync(StateFile, default);
                },
            };
            await Assert.ThrowsAsync<IOException>(() => migration.RunAsync(state, begin, default).WaitAsync(Patience));
        }

        var saved = await MigrationState.LoadAsync(StateFile, Sqlite.ToString(), Back.ToString(), default);
        Assert.Equal(Histories.Begin.AddHours(1), saved!.Samples);

        Assert.Equal(ExitCodes.Ok, await MigrateAsync(Sqlite, Back));
        Assert.Equal(await Histories.ContentAsync(Sqlite), await Histories.ContentAsync(Back));
    }

    [Fact]
    public async Task Migration_OfSgmsWhoseSiteIsKnown_GivesEachRowTheSiteThereAndBack()
    {
        await Histories.FillAsync(Sqlite, static serial => serial.Value == "C" ? null : $"site of {serial}");

        await MigrateAsync(Sqlite, Influx);
        await MigrateAsync(Influx, Back);

        foreach (var measurement in (string[])["\"samples\".\"sgm\"", "\"sgm_1m\""])
        {
            var rows = await server.AskAsync($"SHOW TAG VALUES FROM {measurement} WITH KEY = \"site\"", _database);
            Assert.Contains("site of A", rows, StringComparison.Ordinal);
            var unknown = await server.AskAsync($"SHOW SERIES FROM {measurement} WHERE \"site\" = ''", _database);
            Assert.Contains("serial=C", unknown, StringComparison.Ordinal);
            Assert.DoesNotContain("serial=A", unknown, StringComparison.Ordinal);
        }

        await using var back = Back.OpenHistory();
        var sites = await back.GetSitesAsync(default);
        Assert.Equal("site of A", sites[new GatewaySerial("A")]);
        Assert.False(sites.ContainsKey(new GatewaySerial("C")));
    }

    [Fact]
    public async Task Migration_ThatGoesOn_KeepsTheSitesItBeganWith()
    {
        await Histories.FillAsync(Sqlite, static _ => "2");
        var begin = Histories.Begin;
        await new MigrationState(Sqlite.ToString(), Influx.ToString(), begin, Histories.End, begin, begin, begin)
        {
            Sites = new Dictionary<string, string> { ["A"] = "1" },
        }.SaveAsync(StateFile, default);

        await MigrateAsync(Sqlite, Influx);

        await using var influx = Influx.OpenHistory();
        var sites = await influx.GetSitesAsync(default);
        Assert.Equal(("1", "2"), (sites[new GatewaySerial("A")], sites[new GatewaySerial("C")]));
    }

    [Fact]
    public async Task Migration_WithTheStateOfAnother_SaysSo()
    {
        await Histories.FillAsync(Sqlite);
        var begin = Histories.Begin;
        await new MigrationState("sqlite:x", "sqlite:y", begin, begin, begin, begin, begin).SaveAsync(StateFile, default);

        var error = await Assert.ThrowsAsync<FormatException>(() => MigrateAsync(Sqlite, Back));

        Assert.Contains("--state", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migration_ToAServerThatIsDown_IsRefused()
    {
        await Histories.FillAsync(Sqlite);

        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => MigrateAsync(Sqlite, Histories.Settings("influxdb:http://127.0.0.1:1/maestro")));
    }

    [Theory]
    [InlineData("sqlite:")]
    [InlineData("mysql:x")]
    [InlineData("influxdb:http://")]
    [InlineData("influxdb:http://host:8086/")]
    public void Location_ThatIsNone_IsRefused(string text) => Assert.Null(StoreLocation.Parse(text));

    private Task<int> MigrateAsync(StoreSettings from, StoreSettings to) =>
        new MigrationRun(from, to, StateFile).RunAsync(TimeProvider.System, default).WaitAsync(Patience);
}
