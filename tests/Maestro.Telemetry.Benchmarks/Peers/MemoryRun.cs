namespace Maestro.Telemetry.Benchmarks.Peers;

/// <summary>
/// Measures what open streams take: each is an SGM on a connection of its own that sends a row when it opens and one more
/// while all are open.
/// </summary>
internal sealed class MemoryRun(IPeer peer, PeersSettings settings, PeerData data)
{
    private const int AtOnce = 50;

    private readonly List<ILane> _lanes = [];

    public async Task<IReadOnlyList<StreamsMemory>> MeasureAsync(string directory, CancellationToken cancellationToken)
    {
        var measured = new List<StreamsMemory>();
        await using var running = await peer.StartAsync(directory, cancellationToken);
        try
        {
            foreach (var streams in settings.Streams.Order())
            {
                await OpenAsync(running, streams, cancellationToken);
                await SendAsync(Enumerable.Range(0, streams), row: measured.Count + 1, cancellationToken);
                measured.Add(new StreamsMemory(
                    streams, Math.Round(running.Front.ResidentMb, 1), Math.Round(running.Front.PeakMemoryMb, 1)));
            }
        }
        finally
        {
            await Task.WhenAll(_lanes.Select(lane => lane.DisposeAsync().AsTask()));
        }

        return measured;
    }

    private async Task OpenAsync(IRunningPeer running, int streams, CancellationToken cancellationToken)
    {
        foreach (var chunk in Enumerable.Range(_lanes.Count, streams - _lanes.Count).Chunk(AtOnce))
        {
            _lanes.AddRange(chunk.Select(sgm => running.CreateLane(data, sgm, 1)));
            await Task.WhenAll(chunk.Select(sgm => _lanes[sgm].OpenAsync(cancellationToken)));
            await SendAsync(chunk, row: 0, cancellationToken);
        }
    }

    private async Task SendAsync(IEnumerable<int> sgms, int row, CancellationToken cancellationToken)
    {
        foreach (var chunk in sgms.Chunk(AtOnce))
        {
            await Task.WhenAll(chunk.Select(sgm => _lanes[sgm].Prepare(new Block(sgm, 1, row, 1))(cancellationToken)));
        }
    }
}
