using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Server.Ingest.Spooling;

/// <summary>In place of a spool where there is none: always empty, and always full.</summary>
internal sealed class NoSpool : ISampleSpool
{
    public SpoolStatistics Statistics { get; } = new(0, 0, 0, null, 0, null);

    public ValueTask AppendAsync(
        IReadOnlyList<SampleBatch> batches, DateTimeOffset now, CancellationToken cancellationToken) =>
        throw new SpoolFullException("There is no spool; set Maestro:Spool:Enabled to true to have one.");

    public ValueTask<SpooledBatches?> PeekAsync(int maxRows, CancellationToken cancellationToken) =>
        new((SpooledBatches?)null);

    public ValueTask RemoveAsync(SpooledBatches batches, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<long> ExpireAsync(DateTimeOffset before, CancellationToken cancellationToken) => new(0L);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
