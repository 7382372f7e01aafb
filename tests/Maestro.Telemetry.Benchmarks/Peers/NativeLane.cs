namespace Maestro.Telemetry.Benchmarks.Peers;

/// <summary>The streams of neighbouring SGMs; a block is a batch on each of them.</summary>
internal sealed class NativeLane(Uri address, PeerData data, int firstSgm, int sgms) : ILane
{
    private readonly NativeStream[] _streams =
        [.. Enumerable.Range(firstSgm, sgms).Select(sgm => new NativeStream(address, sgm))];

    public Task OpenAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_streams.Select(stream => stream.OpenAsync(cancellationToken)));

    public Func<CancellationToken, Task> Prepare(Block block)
    {
        var times = data.TimesMs(block.FirstRow, block.Rows);
        return cancellationToken => Task.WhenAll(_streams.Select((stream, i) => stream.SendAsync(
            times, data.Bytes(block.FirstSgm + i, block.FirstRow, block.Rows), cancellationToken)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var stream in _streams)
        {
            await stream.DisposeAsync();
        }
    }
}
