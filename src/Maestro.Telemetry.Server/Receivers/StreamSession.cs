using System.Threading.Channels;
using Grpc.Core;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Ingest;
using Status = Grpc.Core.Status;

namespace Maestro.Telemetry.Server.Receivers;

/// <summary>One open stream: batches in, acknowledgements out, a window between them.</summary>
internal sealed class StreamSession(
    SenderProfile sender, BatchAssembler assembler, IngestQueue queue, IngestOptions options)
{
    private readonly AcknowledgementOutbox _outbox = new();

    // A sender that does not keep to its window is made to wait, so that what it may hold here stays bounded.
    private readonly SendWindow _window = new(options.WindowBatches);
    private readonly FlowWindow _flow = new(options.WindowBatches);
    private ulong _lastSequence;

    public async Task RunAsync(
        IAsyncStreamReader<ReceivedRequest> requests,
        IServerStreamWriter<StreamResponse> responses,
        CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var acknowledging = AcknowledgeAsync(responses, ended.Token);
        try
        {
            await ReceiveAsync(requests, ended.Token);
            await _window.DrainAsync(ended.Token);
            _outbox.Complete();
            await acknowledging;
        }
        finally
        {
            await ended.CancelAsync();
            _outbox.Complete();
            await acknowledging.ContinueWith(
                _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task ReceiveAsync(IAsyncStreamReader<ReceivedRequest> requests, CancellationToken cancellationToken)
    {
        while (await requests.MoveNext(cancellationToken))
        {
            if (requests.Current.Batch is not { } batch)
            {
                throw new RpcException(new Status(
                    StatusCode.InvalidArgument, "After the Hello, each message must be a Batch."));
            }

            await _window.TakeAsync(cancellationToken);
            await EnqueueAsync(batch, cancellationToken);
        }
    }

    private async ValueTask EnqueueAsync(ReceivedBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Sequence <= _lastSequence)
        {
            // Nothing can be acknowledged with such a number: the sender would take it for another batch.
            throw new RpcException(new Status(
                StatusCode.InvalidArgument,
                $"sequence is {batch.Sequence} after {_lastSequence}; it must be above 0 and grow within a stream."));
        }

        _lastSequence = batch.Sequence;
        var assembled = assembler.Assemble(sender, batch);
        var (sequence, refusals) = (batch.Sequence, assembled.Refusals);
        var item = new IngestItem(assembled.Batch, () =>
        {
            _outbox.Acknowledge(sequence, refusals);
            _window.Release();
        });
        if (!queue.TryEnqueue(item))
        {
            await WaitForRoomAsync(item, assembled, cancellationToken);
        }
    }

    private async ValueTask WaitForRoomAsync(
        IngestItem item, AssembledBatch assembled, CancellationToken cancellationToken)
    {
        try
        {
            await queue.EnqueueAsync(item, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            assembler.Withdraw(assembled);
            throw;
        }
        catch (ChannelClosedException)
        {
            assembler.Withdraw(assembled);
            throw new RpcException(new Status(
                StatusCode.Unavailable, "The collector is stopping; come back in a moment."));
        }
    }

    private async Task AcknowledgeAsync(
        IServerStreamWriter<StreamResponse> responses, CancellationToken cancellationToken)
    {
        while (await _outbox.TakeAsync(cancellationToken) is { } acknowledgement)
        {
            var isOther = _flow.Adjust(queue.Count, queue.Capacity);
            await responses.WriteAsync(
                new StreamResponse { Acknowledgement = acknowledgement }, cancellationToken);
            if (isOther)
            {
                await responses.WriteAsync(new StreamResponse { FlowHint = Hint() }, cancellationToken);
            }
        }
    }

    // Always both: a number that is not given is no bound to the sender.
    private FlowHint Hint() => new()
    {
        WindowBatches = (uint)_flow.Batches,
        MaxBatchRows = (uint)options.MaxBatchRows,
    };
}
