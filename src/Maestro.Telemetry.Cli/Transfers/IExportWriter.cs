using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Cli.Transfers;

/// <summary>Writes one kind of thing in one format. Rows come in order of time.</summary>
internal interface IExportWriter
{
    Task BeginAsync(ExportWhat what, CancellationToken cancellationToken);

    Task WriteAsync(StoredSample sample, CancellationToken cancellationToken);

    /// <summary>A roll-up of all metrics, in the order of <see cref="ExportRun.Metrics"/>.</summary>
    Task WriteAsync(RollupRow row, CancellationToken cancellationToken);

    Task WriteAsync(DemandForecast forecast, CancellationToken cancellationToken);

    Task EndAsync(CancellationToken cancellationToken);
}
