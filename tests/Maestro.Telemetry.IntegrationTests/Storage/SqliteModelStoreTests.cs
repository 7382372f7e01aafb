using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.IntegrationTests.Storage;

public sealed class SqliteModelStoreTests : ModelStoreContract
{
    private readonly string _directory = Directory.CreateTempSubdirectory("maestro-storage-").FullName;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    protected override IModelStore Open() => SqliteModelStore.Open(new SqliteStoreOptions { Directory = _directory });
}
