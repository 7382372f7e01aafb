using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Storage.Influx;

namespace Maestro.Telemetry.Cli.Transfers;

/// <summary>Line protocol, which an InfluxDB imports as if the service had written it.</summary>
internal sealed class LineExport(Stream output, StoreSettings store) : IExportWriter
{
    private readonly LineProtocolWriter _lines = new(output, store.Fabric);

    public async Task BeginAsync(ExportWhat what, CancellationToken cancellationToken) => await _lines.BeginAsync(
        store.Database, what == ExportWhat.Samples ? store.SamplesPolicy : "", cancellationToken);

    public async Task WriteAsync(StoredSample sample, CancellationToken cancellationToken) =>
        await _lines.WriteAsync(sample, cancellationToken);

    public async Task WriteAsync(RollupRow row, CancellationToken cancellationToken) =>
        await _lines.WriteAsync(ExportRun.Metrics, row, cancellationToken);

    public async Task WriteAsync(DemandForecast forecast, CancellationToken cancellationToken) =>
        await _lines.WriteAsync(forecast, cancellationToken);

    public async Task EndAsync(CancellationToken cancellationToken) => await _lines.FlushAsync(cancellationToken);
}
