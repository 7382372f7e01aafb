using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Storage.Influx;

namespace Maestro.Telemetry.IntegrationTests.Storage;

public sealed class InfluxRollupTests(InfluxProcess server) : RollupLaw, IClassFixture<InfluxProcess>
{
    private int _stores;

    protected override ITelemetryStore OpenNew()
    {
        _stores++;
        return Open();
    }

    // Not disposed of: a process that is killed does not store what it still holds.
    protected override ValueTask<ITelemetryStore> OpenAgainAsync(ITelemetryStore ended) => new(Open());

    private InfluxTelemetryStore Open() => InfluxTelemetryStore.Open(
        new InfluxStoreOptions { Url = server.Url, Database = $"law_{_stores}", UpkeepInterval = TimeSpan.FromDays(1) },
        TimeProvider.System);
}
