using System.Collections.Concurrent;
using Grpc.Core;
using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.IntegrationTests.Agents;

/// <summary>
/// A collector that keeps what it gets, and lets go of each stream after so many batches: by a status, or by cutting
/// the connection. The last batch of each stream is kept and not acknowledged.
/// </summary>
internal sealed class UnreliableCollector(int batchesPerStream) : TelemetryCollector.TelemetryCollectorBase
{
    private int _streams;

    public int Streams => _streams;

    public ConcurrentQueue<Hello> Hellos { get; } = new();

    /// <summary>How often each first value of a row has arrived.</summary>
    public ConcurrentDictionary<double, int> Rows { get; } = new();

    public override async Task Stream(
        IAsyncStreamReader<StreamRequest> requestStream,
        IServerStreamWriter<StreamResponse> responseStream,
        ServerCallContext context)
    {
        var number = Interlocked.Increment(ref _streams);
        Assert.True(await requestStream.MoveNext(context.CancellationToken));
        var hello = requestStream.Current.Hello;
        Hellos.Enqueue(hello);
        await responseStream.WriteAsync(
            new() { Welcome = new() { FlowHint = new() { WindowBatches = 4, MaxBatchRows = 100 } } },
            context.CancellationToken);

        for (var batches = 0; await requestStream.MoveNext(context.CancellationToken);)
        {
            Keep(requestStream.Current.Batch, hello.Columns.Count);
            if (++batches == batchesPerStream)
            {
                if (number % 2 == 0)
                {
                    context.GetHttpContext().Abort();
                }

                throw new RpcException(new(StatusCode.Unavailable, "The test has had enough of this stream."));
            }

            await responseStream.WriteAsync(
                new() { Acknowledgement = new() { UpToSequence = requestStream.Current.Batch.Sequence } },
                context.CancellationToken);
        }
    }

    private void Keep(Batch batch, int columns)
    {
        for (var row = 0; row < batch.TimestampsUnixMs.Count; row++)
        {
            Rows.AddOrUpdate(batch.Values[row * columns], 1, (_, times) => times + 1);
        }
    }
}
