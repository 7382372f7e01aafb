namespace Maestro.Telemetry.Benchmarks.Peers;

/// <summary>Sends blocks as encoded bytes. Who is asked to come back does, a little later, with the same.</summary>
internal abstract class EncodedLane(IBlockEncoder encoder) : ILane
{
    private static readonly TimeSpan ComeBack = TimeSpan.FromMilliseconds(100);

    /// <summary>For so long a peer may be busy.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Func<CancellationToken, Task> Prepare(Block block)
    {
        var body = encoder.Encode(block);
        return cancellationToken => SendAsync(body, cancellationToken);
    }

    public abstract ValueTask DisposeAsync();

    /// <summary>Sends once; what the peer says when it is busy, null when it has taken all.</summary>
    /// <exception cref="InvalidOperationException">The peer refuses it.</exception>
    protected abstract Task<string?> TrySendAsync(byte[] body, CancellationToken cancellationToken);

    private async Task SendAsync(byte[] body, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (await TrySendAsync(body, cancellationToken) is { } busy)
        {
            if (TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                throw new InvalidOperationException($"Busy for {Patience.TotalSeconds} s: {busy}");
            }

            await Task.Delay(ComeBack, TimeProvider.System, cancellationToken);
        }
    }
}
