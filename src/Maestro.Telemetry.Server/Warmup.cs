using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Fabrics;
using Maestro.Telemetry.Server.Ingest;
using Maestro.Telemetry.Server.Ingest.Spooling;

namespace Maestro.Telemetry.Server;

/// <summary>Before the first agent is let in: what the store had last, and the fabric that samples are checked against.</summary>
internal sealed partial class Warmup(
    ITelemetryStore store,
    ISampleSpool spool,
    LatestBoard latest,
    FabricReader fabric,
    IOptions<IngestOptions> options,
    TimeProvider time,
    ILogger<Warmup> logger) : IHostedService
{
    /// <summary>How long the first reading may hold up the start, in real time; agents are told to come back after it.</summary>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await ReadLatestAsync(cancellationToken);
        await ReadFabricAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task ReadLatestAsync(CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - options.Value.MaxSampleAge;
        try
        {
            foreach (var sample in await store.GetLatestAsync(since, cancellationToken))
            {
                latest.Restore(sample, time.GetUtcNow() + options.Value.MaxSampleLead);
            }
        }
        catch (StoreUnavailableException e) when (spool is not NoSpool)
        {
            // Samples have where to go; that nothing is known of earlier ones costs a few of their intervals.
            LogNoStore(e);
        }
    }

    private async Task ReadFabricAsync(CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(Patience, TimeProvider.System);
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            await fabric.ReadAsync(reading.Token);
        }
        catch (OperationCanceledException) when (
            late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            LogLate(Patience.TotalSeconds);
        }
    }

    [LoggerMessage(1303, LogLevel.Warning,
        "The Orchestrators gave no reading of the fabric within {Seconds} s; the server starts without it, and agents "
            + "wait until it is read")]
    private partial void LogLate(double seconds);

    [LoggerMessage(1304, LogLevel.Warning,
        "The store cannot be read; the server starts without its newest samples, and what comes goes to the spool")]
    private partial void LogNoStore(Exception exception);
}
