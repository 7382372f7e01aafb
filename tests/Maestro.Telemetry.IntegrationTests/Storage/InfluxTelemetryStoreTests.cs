using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Storage.Influx;

namespace Maestro.Telemetry.IntegrationTests.Storage;

public sealed class InfluxTelemetryStoreTests(InfluxProcess server) : TelemetryStoreContract, IClassFixture<InfluxProcess>
{
    private readonly string _database = $"contract_{Guid.NewGuid():N}";

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await server.AskAsync($"DROP DATABASE {_database}");
    }

    [Fact]
    public async Task DisposeAsync_AsOftenAsAContainerHoldsIt_IsDoneOnce()
    {
        var store = Open();
        await store.GetStatisticsAsync(CancellationToken.None);

        await store.DisposeAsync();

        Assert.Null(await Record.ExceptionAsync(() => store.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task WriteAsync_OfAnSgmWhoseSiteBecomesKnown_TellsItFromThenOn()
    {
        string? site = null;
        await using var store = InfluxTelemetryStore.Open(
            new InfluxStoreOptions { Url = server.Url, Database = _database, SiteOf = _ => site }, TimeProvider.System);
        await store.WriteAsync([Batches.Of("A", 1, (0, 1))], CancellationToken.None);

        site = "2";
        await store.WriteAsync([Batches.Of("A", 1, (60, 1))], CancellationToken.None);

        var rows = await server.AskAsync("SELECT count(group_number) FROM samples.sgm GROUP BY site", _database);
        Assert.Contains("\"tags\":{\"site\":\"\"}", rows, StringComparison.Ordinal);
        Assert.Contains("\"tags\":{\"site\":\"2\"}", rows, StringComparison.Ordinal);
    }

    protected override ITelemetryStore Open() => InfluxTelemetryStore.Open(
        new InfluxStoreOptions { Url = server.Url, Database = _database, Fabric = "test" }, TimeProvider.System);
}
