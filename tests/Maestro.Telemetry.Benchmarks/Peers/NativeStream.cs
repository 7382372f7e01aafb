using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Net.Client;
using Maestro.Telemetry.Benchmarks.Ingest;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Benchmarks.Peers;

/// <summary>One SGM's stream on a connection of its own, as agents have it.</summary>
internal sealed class NativeStream(Uri address, int sgm) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(address);
    private readonly ConcurrentQueue<(ulong Sequence, TaskCompletionSource Acknowledged)> _underWay = [];
    private AsyncDuplexStreamingCall<EncodedRequest, StreamResponse>? _call;
    private Task _reading = Task.CompletedTask;
    private ulong _sequence;

    /// <summary>Says who it is and waits for the welcome.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        _call = _channel.CreateCallInvoker().AsyncDuplexStreamingCall(EncodedRequest.Method, null, new CallOptions());
        await _call.RequestStream.WriteAsync(EncodedRequest.Of(Hello()), cancellationToken);
        if (!await _call.ResponseStream.MoveNext(cancellationToken))
        {
            throw new InvalidOperationException("The server ended a stream before it welcomed it.");
        }

        _reading = ReadAsync(_call.ResponseStream);
    }

    /// <summary>Sends a batch; ends when it is acknowledged. One at a time.</summary>
    public async Task SendAsync(long[] timesMs, ReadOnlyMemory<byte> values, CancellationToken cancellationToken)
    {
        var acknowledged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var request = EncodedRequest.Of(++_sequence, timesMs, values);
        _underWay.Enqueue((_sequence, acknowledged));
        await _call!.RequestStream.WriteAsync(request, cancellationToken);
        if (await Task.WhenAny(acknowledged.Task, _reading) == _reading)
        {
            await _reading;
            throw new InvalidOperationException("The server ended a stream before it acknowledged all of it.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        using (_channel)
        using (_call)
        {
            if (_call is not null && !_reading.IsCompleted)
            {
                await _call.RequestStream.CompleteAsync();
                await _reading.WaitAsync(Patience);
            }
        }
    }

    private async Task ReadAsync(IAsyncStreamReader<StreamResponse> responses)
    {
        while (await responses.MoveNext(CancellationToken.None))
        {
            if (responses.Current.Acknowledgement is not { } acknowledgement)
            {
                continue;
            }

            if (acknowledgement.Refusals is [var refusal, ..])
            {
                throw new InvalidOperationException($"The server refused rows: {refusal.Message}");
            }

            while (_underWay.TryPeek(out var oldest) && oldest.Sequence <= acknowledgement.UpToSequence)
            {
                _underWay.TryDequeue(out _);
                oldest.Acknowledged.SetResult();
            }
        }
    }

    private Hello Hello() => new()
    {
        AgentId = PeerData.SerialOf(sgm),
        Serial = PeerData.SerialOf(sgm),
        Site = 1,
        SecurityGroup = PeerData.GroupOf(sgm),
        Model = "16200",
        Release = "R82",
        Columns = { PeerData.Metrics.Select(metric => new Column { Metric = (Metric)(int)metric }) },
    };
}
