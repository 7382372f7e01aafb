using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Server.Ingest;

namespace Maestro.Telemetry.Server.Dashboards;

/// <summary>How the collector fares, as points.</summary>
internal static class CollectorPoints
{
    public static IEnumerable<DataPoint> Of(
        string fabric, RowCounters rows, SpoolStatistics spool, bool isStoreWell, DateTimeOffset at)
    {
        yield return new DataPoint(
            PointNames.Collector,
            [(PointNames.FabricTag, fabric)],
            new FieldList()
                .Count("accepted", rows.Accepted)
                .Count("refused", rows.Refused)
                .Count("stored", rows.Stored)
                .Count("merged", rows.Merged)
                .Count("duplicates", rows.Duplicates)
                .Count("expired", rows.Expired)
                .Count("in_flight", rows.InFlight)
                .Count("streams", rows.OpenStreams)
                .Count("spool_rows", spool.Rows)
                .Count("spool_bytes", spool.Bytes)
                .Count("spool_limit_bytes", spool.MaxBytes)
                .Number("spool_age_seconds", spool.Oldest is { } oldest ? (at - oldest).TotalSeconds : 0)
                .Flag("store_well", isStoreWell)
                .All,
            at);
        foreach (var (reason, count) in rows.RefusedByReason)
        {
            yield return new DataPoint(
                PointNames.Refused,
                [(PointNames.FabricTag, fabric), ("reason", reason)],
                new FieldList().Count("rows", count).All,
                at);
        }
    }
}
