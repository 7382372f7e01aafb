using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Server.Configuration;
using Quartz;

namespace Maestro.Telemetry.Server.Ingest;

/// <summary>Deletes what is older than the configuration keeps.</summary>
[DisallowConcurrentExecution]
internal sealed partial class RetentionJob(
    ITelemetryStore store,
    ILedger ledger,
    IOptions<StorageOptions> options,
    TimeProvider time,
    ILogger<RetentionJob> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        try
        {
            var deleted = await store.ApplyRetentionAsync(options.Value.Retention, now, cancellationToken);
            var decisions = options.Value.KeepDecisions > TimeSpan.Zero
                ? await ledger.DeleteDecisionsAsync(now - options.Value.KeepDecisions, cancellationToken)
                : 0;
            LogDeleted(deleted.Samples, deleted.Rollups, deleted.Forecasts, decisions);
        }
        catch (StoreUnavailableException e)
        {
            LogFailed(e);
        }
    }

    [LoggerMessage(1203, LogLevel.Debug,
        "Retention deleted {Samples} samples, {Rollups} roll-ups, {Forecasts} forecasts and {Decisions} decisions")]
    private partial void LogDeleted(long samples, long rollups, long forecasts, long decisions);

    [LoggerMessage(1204, LogLevel.Warning, "Retention could not run; it is tried again at its next time")]
    private partial void LogFailed(Exception exception);
}
