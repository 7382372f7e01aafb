using Maestro.Telemetry.Cli.Transfers;
using Maestro.Telemetry.IntegrationTests.Storage;
using Maestro.Telemetry.IntegrationTests.Transfers;

namespace Maestro.Telemetry.IntegrationTests.Imports;

public sealed class InfluxImportTests(InfluxProcess server) : ImportContract, IClassFixture<InfluxProcess>
{
    private readonly string _database = $"import_{Guid.NewGuid():N}";

    private protected override StoreSettings Store =>
        Histories.Settings($"influxdb:{server.Url.AbsoluteUri.TrimEnd('/')}/{_database}", File("data"));
}
