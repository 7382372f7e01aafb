using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Server.Ingest;

/// <summary>
/// To the store, and nowhere else: while it cannot take anything, it is tried again; nothing is acknowledged, the queue
/// fills, and the senders wait.
/// </summary>
internal sealed partial class DirectCommit(StoreWriter writer, StoreHealth health, ILogger<DirectCommit> logger)
    : ICommitPath
{
    public async Task<IReadOnlyList<SampleBatch>?> CommitAsync(
        IReadOnlyList<SampleBatch> batches, CancellationToken stoppingToken)
    {
        for (var retry = new Retry(); ;)
        {
            try
            {
                return await writer.WriteAsync(batches, RowOrigin.Flight, CancellationToken.None);
            }
            catch (StoreUnavailableException e)
            {
                if (health.Failed(e.Message) || stoppingToken.IsCancellationRequested)
                {
                    LogStoreUnavailable(e);
                }
            }

            if (stoppingToken.IsCancellationRequested)
            {
                return null;
            }

            await retry.WaitAsync(stoppingToken);
        }
    }

    [LoggerMessage(1201, LogLevel.Error, "The store takes no samples; senders are not acknowledged and wait")]
    private partial void LogStoreUnavailable(Exception exception);
}
