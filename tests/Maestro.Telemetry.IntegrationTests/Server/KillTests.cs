using Grpc.Core;
using Grpc.Net.Client;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.IntegrationTests.Storage;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.IntegrationTests.Service;

public sealed class KillTests
{
    private const int Rounds = 3;
    private const int RowsPerBatch = 40;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly long Start =
        TimeProvider.System.GetUtcNow().AddHours(-2).ToUnixTimeMilliseconds();

    [Fact]
    public async Task Serve_KilledWhileStreaming_LosesNothingAcknowledgedAndStoresNothingTwice()
    {
        using var directory = new TemporaryDirectory();
        var random = new Random(20_260_304);
        var acknowledged = 0ul;
        for (var round = 0; round < Rounds; round++)
        {
            await using var server = MaestroProcess.Start(
                directory.Path,
                "serve", "--data", directory.Path, "--grpc", "http://127.0.0.1:0", "--console", "http://127.0.0.1:0",
                "--otlp", "http://127.0.0.1:0", "--receiver", "http://127.0.0.1:0");
            using var channel = GrpcChannel.ForAddress(await server.ReadGrpcAddressAsync());

            // As an agent does: what was not acknowledged is sent again, and then on.
            acknowledged = await StreamUntilAsync(channel, acknowledged, acknowledged + (ulong)random.Next(5, 60), server);
        }

        var times = await ReadTimesAsync(directory.Path);

        Assert.True(acknowledged >= Rounds * 5);
        Assert.Equal(times.Count, times.Distinct().Count());
        Assert.Empty(Enumerable.Range(0, (int)acknowledged * RowsPerBatch).Select(i => Start + i).Except(times));
    }

    /// <summary>Streams from a batch on, kills the server once another is acknowledged, and gives the last acknowledged.</summary>
    private static async Task<ulong> StreamUntilAsync(
        GrpcChannel channel, ulong acknowledged, ulong target, MaestroProcess server)
    {
        using var ended = new CancellationTokenSource();
        using var call = new TelemetryCollector.TelemetryCollectorClient(channel).Stream();
        await call.RequestStream.WriteAsync(new StreamRequest { Hello = Hello() }).WaitAsync(Patience);
        var sending = SendAsync(call.RequestStream, acknowledged + 1, ended.Token);
        var kill = Task.CompletedTask;
        try
        {
            while (await call.ResponseStream.MoveNext(default).WaitAsync(Patience))
            {
                if (call.ResponseStream.Current.Acknowledgement is { } acknowledgement)
                {
                    Assert.Empty(acknowledgement.Refusals);
                    acknowledged = acknowledgement.UpToSequence;
                    kill = acknowledged >= target && kill.IsCompleted ? server.KillAsync() : kill;
                }
            }
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.Unavailable or StatusCode.Internal)
        {
            // It was killed; what it had still sent was read before.
        }

        await ended.CancelAsync();
        await sending;
        await kill;
        return acknowledged;
    }

    private static async Task SendAsync(
        IClientStreamWriter<StreamRequest> requests, ulong first, CancellationToken cancellationToken)
    {
        try
        {
            for (var sequence = first; !cancellationToken.IsCancellationRequested; sequence++)
            {
                await requests.WriteAsync(new StreamRequest { Batch = Batch(sequence) }, cancellationToken)
                    .WaitAsync(Patience, cancellationToken);
            }
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException or InvalidOperationException)
        {
            // The server has gone.
        }
    }

    private static Hello Hello() => new()
    {
        AgentId = "agent-1",
        Serial = "S1",
        Site = 1,
        SecurityGroup = 1,
        Model = "9300",
        Release = "R82",
        Columns = { new Column { Metric = Metric.CpuMean } },
    };

    private static Batch Batch(ulong sequence)
    {
        var batch = new Batch { Sequence = sequence };
        for (var row = 0; row < RowsPerBatch; row++)
        {
            batch.TimestampsUnixMs.Add(Start + ((long)(sequence - 1) * RowsPerBatch) + row);
            batch.Values.Add(row);
        }

        return batch;
    }

    private static async Task<List<long>> ReadTimesAsync(string directory)
    {
        await using var store = SqliteTelemetryStore.Open(
            new SqliteStoreOptions { Directory = directory }, TimeProvider.System);
        var from = DateTimeOffset.FromUnixTimeMilliseconds(Start);
        var times = new List<long>();
        await foreach (var sample in store.ReadSamplesAsync(new GatewaySerial("S1"), from, from.AddDays(1), default))
        {
            times.Add(sample.Time.ToUnixTimeMilliseconds());
        }

        return times;
    }
}
