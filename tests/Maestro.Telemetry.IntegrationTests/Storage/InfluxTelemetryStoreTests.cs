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

    protected override ITelemetryStore Open() => InfluxTelemetryStore.Open(
        new InfluxStoreOptions { Url = server.Url, Database = _database, Fabric = "test" }, TimeProvider.System);
}
