using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.IntegrationTests.Storage;

public sealed class SqliteRollupTests : RollupLaw, IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private int _stores;

    public void Dispose() => _directory.Dispose();

    protected override ITelemetryStore OpenNew()
    {
        _stores++;
        return Open();
    }

    protected override async ValueTask<ITelemetryStore> OpenAgainAsync(ITelemetryStore ended)
    {
        await ended.DisposeAsync();
        return Open();
    }

    private SqliteTelemetryStore Open() => SqliteTelemetryStore.Open(
        new SqliteStoreOptions { Directory = _directory.File($"{_stores}") }, TimeProvider.System);
}
