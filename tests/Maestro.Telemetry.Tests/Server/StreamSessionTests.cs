using System.Threading.Channels;
using Grpc.Core;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Ingest;
using Maestro.Telemetry.Server.Ingest.Spooling;
using Maestro.Telemetry.Server.Receivers;
using Microsoft.Extensions.Options;

namespace Maestro.Telemetry.Tests.Service;

public sealed class StreamSessionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Window_NarrowsWhileTheQueueIsFull_AndWidensAgain()
    {
        var options = new IngestOptions { QueueBatches = 8, WindowBatches = 64 };
        var queue = new IngestQueue(Options.Create(options), new StoreGate());
        var receiver = new ReceiverUnderTest();
        var (requests, responses) = (new Requests(), new Responses());
        var session = new StreamSession(receiver.LetIn(ReceiverUnderTest.Hello()), receiver.Assembler, queue, options);
        var run = session.RunAsync(requests, responses, CancellationToken.None);
        for (var sequence = 1ul; sequence <= 6; sequence++)
        {
            requests.Channel.Writer.TryWrite(new(null, new(sequence, [], [])));
        }

        // Once the last one is in the queue, the store takes them one by one.
        using var limit = new CancellationTokenSource(Patience);
        while (queue.Count < 6)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        var said = new List<string>();
        for (var sequence = 1ul; sequence <= 6; sequence++)
        {
            Assert.True(queue.Reader.TryRead(out var item));
            item.Committed();
            do
            {
                said.Add(Tell(await responses.Channel.Reader.ReadAsync().AsTask().WaitAsync(Patience)));
            }
            while (said[^1] != $"acknowledged {sequence}");
        }

        requests.Channel.Writer.Complete();
        await run.WaitAsync(Patience);

        // A hint follows the acknowledgement after which it is due, and none is given in between.
        Assert.Equal(
            [
                "acknowledged 1", "window 32, rows 5000", "acknowledged 2", "acknowledged 3", "acknowledged 4",
                "window 64, rows 5000", "acknowledged 5", "acknowledged 6",
            ],
            said);
    }

    private static string Tell(StreamResponse response) => response.PayloadCase switch
    {
        StreamResponse.PayloadOneofCase.Acknowledgement => $"acknowledged {response.Acknowledgement.UpToSequence}",
        StreamResponse.PayloadOneofCase.FlowHint =>
            $"window {response.FlowHint.WindowBatches}, rows {response.FlowHint.MaxBatchRows}",
        var other => other.ToString(),
    };

    private sealed class Requests : IAsyncStreamReader<ReceivedRequest>
    {
        private ReceivedRequest? _current;

        public Channel<ReceivedRequest> Channel { get; } =
            System.Threading.Channels.Channel.CreateUnbounded<ReceivedRequest>();

        public ReceivedRequest Current => _current!;

        public async Task<bool> MoveNext(CancellationToken cancellationToken) =>
            await Channel.Reader.WaitToReadAsync(cancellationToken) && Channel.Reader.TryRead(out _current);
    }

    private sealed class Responses : IServerStreamWriter<StreamResponse>
    {
        public Channel<StreamResponse> Channel { get; } =
            System.Threading.Channels.Channel.CreateUnbounded<StreamResponse>();

        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(StreamResponse message)
        {
            Channel.Writer.TryWrite(message);
            return Task.CompletedTask;
        }

        public Task WriteAsync(StreamResponse message, CancellationToken cancellationToken) => WriteAsync(message);
    }
}
