using Maestro.Telemetry.Benchmarks.Ingest;

namespace Maestro.Telemetry.Benchmarks.Peers;

/// <summary>Somebody else's server, over HTTP.</summary>
internal sealed class ForeignPeer : IPeer
{
    public required string Name { get; init; }

    public required string How { get; init; }

    public required bool TakesStreams { get; init; }

    public required Func<string?> FindMissing { get; init; }

    public required Func<string, CancellationToken, Task<PeerProcess>> Start { get; init; }

    /// <summary>Path and query that blocks are posted to.</summary>
    public required string WritePath { get; init; }

    public required Func<PeerData, IBlockEncoder> Encoder { get; init; }

    public required Func<Uri, CancellationToken, Task<long>> Count { get; init; }

    public string? Missing => FindMissing();

    public async Task<IRunningPeer> StartAsync(string directory, CancellationToken cancellationToken) =>
        new Running(this, await Start(directory, cancellationToken));

    private sealed class Running(ForeignPeer peer, PeerProcess process) : IRunningPeer
    {
        private IBlockEncoder? _encoder;

        public MeasuredProcess Front => process.Measured;

        public MeasuredProcess? Behind => null;

        public ILane CreateLane(PeerData data, int firstSgm, int sgms) =>
            new HttpLane(new Uri(process.Address, peer.WritePath), _encoder ??= peer.Encoder(data));

        public Task<long> CountValuesAsync(CancellationToken cancellationToken) =>
            peer.Count(process.Address, cancellationToken);

        public ValueTask DisposeAsync() => process.DisposeAsync();
    }
}
