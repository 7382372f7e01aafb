using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Diagnostics;
using Maestro.Telemetry.Server.Forecasting;

namespace Maestro.Telemetry.Server.Ingest;

/// <summary>
/// Writes batches to the store once, leaves out those that it refuses for good, counts, and tells the forecaster what
/// it can read now.
/// </summary>
internal sealed partial class StoreWriter(
    ITelemetryStore store,
    RowCounters counters,
    DemandBoard demand,
    StoreHealth health,
    ILogger<StoreWriter> logger)
{
    /// <param name="from">Where the rows were until now, so that they are counted once.</param>
    /// <returns>The batches that were stored: all, but for those that the store refuses for good.</returns>
    /// <exception cref="StoreUnavailableException">Nothing was stored, or a part that is known when it comes again.</exception>
    /// <exception cref="OperationCanceledException">As above: the caller did not want to wait any longer.</exception>
    public async Task<IReadOnlyList<SampleBatch>> WriteAsync(
        IReadOnlyList<SampleBatch> batches, RowOrigin from, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        try
        {
            using var span = Tracing.Commit();
            var result = await store.WriteAsync(batches, cancellationToken);
            counters.CountCommitted(result, from, TimeProvider.System.GetElapsedTime(started));
            span?.SetTag("maestro.rows.stored", result.Stored).SetTag("maestro.rows.from", from.ToString());
        }
        catch (RowsRefusedException e) when (batches is [var batch])
        {
            // Nobody else's samples may wait for rows that the store never takes.
            var refused = Math.Min(e.Rows, batch.Rows);
            counters.CountWithdrawn(refused, from);
            counters.CountRefused(refused, "RefusedByStore");
            counters.CountCommitted(
                new StoreResult(batch.Rows - refused, 0, 0), from, TimeProvider.System.GetElapsedTime(started));
            LogRefused(refused, batch.Rows, batch.Serial, e);
        }
        catch (ArgumentException e) when (batches is [var malformed])
        {
            // A mistake of ours, which trying again does not mend; nobody else's samples may wait for it.
            counters.CountWithdrawn(malformed.Rows, from);
            counters.CountRefused(malformed.Rows, "Malformed");
            LogMalformed(malformed.Serial, e);
            return [];
        }
        catch (ArgumentException)
        {
            return await WriteEachAsync(batches, from, cancellationToken);
        }

        health.Succeeded();
        foreach (var batch in batches.Where(b => b.Rows > 0))
        {
            demand.Committed(OldestMs(batch));
        }

        return batches;
    }

    /// <summary>One of them is malformed, and nothing of the transaction was stored.</summary>
    private async Task<IReadOnlyList<SampleBatch>> WriteEachAsync(
        IReadOnlyList<SampleBatch> batches, RowOrigin from, CancellationToken cancellationToken)
    {
        var stored = new List<SampleBatch>();
        foreach (var batch in batches)
        {
            stored.AddRange(await WriteAsync([batch], from, cancellationToken));
        }

        return stored;
    }

    private static long OldestMs(SampleBatch batch)
    {
        var oldest = long.MaxValue;
        foreach (var time in batch.TimestampsMs.Span)
        {
            oldest = Math.Min(oldest, time);
        }

        return oldest;
    }

    [LoggerMessage(1213, LogLevel.Error,
        "The store refuses {Rows} of {Total} rows of SGM {Serial}, or what it makes of them, for good; those are lost")]
    private partial void LogRefused(int rows, int total, GatewaySerial serial, Exception exception);

    [LoggerMessage(1205, LogLevel.Error, "The store refuses a batch of SGM {Serial} for good; its rows are lost")]
    private partial void LogMalformed(GatewaySerial serial, Exception exception);
}
