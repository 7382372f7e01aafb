using System.Threading.Channels;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Ingest.Spooling;

namespace Maestro.Telemetry.Server.Ingest;

/// <summary>
/// The bounded way from the receivers to the writer. A stream waits for room, so that HTTP/2 flow control reaches the
/// agent; a single request is refused instead.
/// </summary>
internal sealed class IngestQueue(IOptions<IngestOptions> options, StoreGate gate)
{
    // With FullMode.Wait, TryWrite says no when the queue is full instead of dropping what it holds.
    private readonly Channel<IngestItem> _channel = Channel.CreateBounded<IngestItem>(
        new BoundedChannelOptions(options.Value.QueueBatches)
        {
            FullMode = BoundedChannelFullMode.Wait,
            SingleReader = true,
        });

    public ChannelReader<IngestItem> Reader => _channel.Reader;

    public int Capacity { get; } = options.Value.QueueBatches;

    public int Count => _channel.Reader.Count;

    /// <summary>False when there is no room, or when neither the store nor the spool takes anything.</summary>
    public bool TryEnqueue(IngestItem item) => !gate.IsFull && _channel.Writer.TryWrite(item);

    /// <exception cref="ChannelClosedException">The server is stopping.</exception>
    public ValueTask EnqueueAsync(IngestItem item, CancellationToken cancellationToken) =>
        _channel.Writer.WriteAsync(item, cancellationToken);

    /// <summary>No more is taken; what is held is still written.</summary>
    public void Complete() => _channel.Writer.TryComplete();
}
