using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.IntegrationTests.Storage;

public sealed class SqliteTelemetryStoreTests : TelemetryStoreContract
{
    private readonly string _directory = Directory.CreateTempSubdirectory("maestro-storage-").FullName;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    protected override ITelemetryStore Open() => SqliteTelemetryStore.Open(
        new SqliteStoreOptions { Directory = _directory, RetentionSlice = 100 }, TimeProvider.System);
}
