using System.Diagnostics.Metrics;
using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Server.Ingest.Spooling;

/// <summary>What the spool holds, for whoever watches the collector.</summary>
internal static class SpoolGauges
{
    public static void Add(IMeterFactory meters, ISampleSpool spool, TimeProvider time)
    {
        var meter = meters.Create(RowCounters.MeterName);
        meter.CreateObservableGauge(
            "maestro.collector.spool_rows", () => spool.Statistics.Rows, "{row}", "Rows in the spool.");
        meter.CreateObservableGauge(
            "maestro.collector.spool_size", () => spool.Statistics.Bytes, "By", "Bytes of samples in the spool.");
        meter.CreateObservableGauge(
            "maestro.collector.spool_limit", () => spool.Statistics.MaxBytes, "By", "Bytes that the spool may hold.");
        meter.CreateObservableGauge(
            "maestro.collector.spool_damaged_rows",
            () => spool.Statistics.DamagedRows,
            "{row}",
            "Rows that could not be read back from the spool since the start.");
        meter.CreateObservableGauge(
            "maestro.collector.spool_age",
            () => spool.Statistics.Oldest is { } oldest ? (time.GetUtcNow() - oldest).TotalSeconds : 0,
            "s",
            "How long the oldest row has been in the spool.");
    }
}
