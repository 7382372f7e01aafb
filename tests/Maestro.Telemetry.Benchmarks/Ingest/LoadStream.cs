using System.Globalization;
using Grpc.Core;
using Grpc.Net.Client;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Server.Receivers;

namespace Maestro.Telemetry.Benchmarks.Ingest;

/// <summary>One SGM on a connection of its own that sends as fast as its window lets it.</summary>
internal sealed class LoadStream(int number, int rows, int window, byte[][] matrices, AckLog log)
{
    private const int GroupSize = 28;

    private readonly SendWindow _window = new(window);
    private readonly long[] _sentAt = new long[window];
    private readonly SgmClock _clock = new(TimeProvider.System.GetUtcNow());

    /// <summary>Sends until <paramref name="stop"/>, then waits for what is not acknowledged yet.</summary>
    /// <exception cref="InvalidOperationException">The server refused rows, or left before all was acknowledged.</exception>
    public async Task RunAsync(Uri server, CancellationToken stop)
    {
        using var channel = GrpcChannel.ForAddress(server);
        using var call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(
            EncodedRequest.Method, null, new CallOptions());
        await call.RequestStream.WriteAsync(EncodedRequest.Of(Hello()), CancellationToken.None);
        var acknowledging = AcknowledgeAsync(call.ResponseStream);
        var sent = await SendAsync(call.RequestStream, acknowledging, stop);
        await call.RequestStream.CompleteAsync();
        if (await acknowledging != sent)
        {
            throw new InvalidOperationException("The server ended a stream before it acknowledged all of it.");
        }
    }

    private async Task<ulong> SendAsync(
        IClientStreamWriter<EncodedRequest> requests, Task acknowledging, CancellationToken stop)
    {
        var timestamps = new long[rows];
        for (ulong sequence = 1; ; sequence++)
        {
            // Not cancelled by stop: a window that stays shut is a stream that has failed.
            var open = _window.TakeAsync(CancellationToken.None).AsTask();
            if (stop.IsCancellationRequested || await Task.WhenAny(open, acknowledging) == acknowledging)
            {
                return sequence - 1;
            }

            _clock.Next(timestamps);
            var values = matrices[((ulong)number + sequence) % (ulong)matrices.Length];
            var request = EncodedRequest.Of(sequence, timestamps, values);
            _sentAt[sequence % (ulong)window] = TimeProvider.System.GetTimestamp();
            await requests.WriteAsync(request, CancellationToken.None);
        }
    }

    private async Task<ulong> AcknowledgeAsync(IAsyncStreamReader<StreamResponse> responses)
    {
        var last = 0UL;
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

            while (last < acknowledgement.UpToSequence)
            {
                last++;
                var waited = TimeProvider.System.GetElapsedTime(_sentAt[last % (ulong)window]);
                log.Add(rows * SampleMatrix.Metrics.Count, waited);
                _window.Release();
            }
        }

        return last;
    }

    private Hello Hello() => new()
    {
        AgentId = string.Create(CultureInfo.InvariantCulture, $"load-{number}"),
        Serial = string.Create(CultureInfo.InvariantCulture, $"LOAD{number:D4}"),
        Site = 1,
        SecurityGroup = 1 + (number / GroupSize),
        Model = "16200",
        Release = "R82",
        Columns = { SampleMatrix.Metrics.Select(metric => new Column { Metric = (Metric)(int)metric }) },
    };
}
