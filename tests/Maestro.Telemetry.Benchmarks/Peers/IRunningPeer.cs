using Maestro.Telemetry.Benchmarks.Ingest;

namespace Maestro.Telemetry.Benchmarks.Peers;

/// <summary>A collector that runs. Disposing ends it.</summary>
internal interface IRunningPeer : IAsyncDisposable
{
    /// <summary>The process that senders talk to.</summary>
    MeasuredProcess Front { get; }

    /// <summary>The server that keeps what the first one takes; null when that keeps it itself.</summary>
    MeasuredProcess? Behind { get; }

    ILane CreateLane(PeerData data, int firstSgm, int sgms);

    /// <summary>The values that it has stored, asked of the store itself.</summary>
    Task<long> CountValuesAsync(CancellationToken cancellationToken);
}
