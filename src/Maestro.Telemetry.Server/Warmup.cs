using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Fabrics;
using Maestro.Telemetry.Server.Ingest;

namespace Maestro.Telemetry.Server;

/// <summary>Before the first agent is let in: what the store had last, and the fabric that samples are checked against.</summary>
internal sealed class Warmup(
    ITelemetryStore store,
    LatestBoard latest,
    FabricReader fabric,
    IOptions<IngestOptions> options,
    TimeProvider time) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - options.Value.MaxSampleAge;
        foreach (var sample in await store.GetLatestAsync(since, cancellationToken))
        {
            latest.Restore(sample, time.GetUtcNow() + options.Value.MaxSampleLead);
        }

        await fabric.ReadAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
