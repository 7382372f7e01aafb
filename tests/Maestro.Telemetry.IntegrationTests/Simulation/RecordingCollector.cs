using System.Collections.Concurrent;
using System.Net;
using Grpc.Core;
using Maestro.Telemetry.Protocol.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Maestro.Telemetry.IntegrationTests.Simulation;

/// <summary>A collector that acknowledges everything at once and keeps it.</summary>
internal sealed class RecordingCollector : TelemetryCollector.TelemetryCollectorBase, IAsyncDisposable
{
    private WebApplication? _application;

    public ConcurrentQueue<Hello> Hellos { get; } = new();

    /// <summary>Rows by serial, each with its time and its values.</summary>
    public ConcurrentDictionary<string, ConcurrentQueue<(long TimeMs, double[] Values)>> Rows { get; } = new();

    public long RowCount => Rows.Values.Sum(r => (long)r.Count);

    public Uri Address => new(_application!.Urls.Single());

    public static async Task<RecordingCollector> StartAsync()
    {
        var collector = new RecordingCollector();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(collector);
        collector._application = builder.Build();
        collector._application.MapGrpcService<RecordingCollector>();
        await collector._application.StartAsync();
        return collector;
    }

    public override async Task Stream(
        IAsyncStreamReader<StreamRequest> requestStream,
        IServerStreamWriter<StreamResponse> responseStream,
        ServerCallContext context)
    {
        Hello? hello = null;
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            var request = requestStream.Current;
            if (request.Hello is not null)
            {
                hello = request.Hello;
                Hellos.Enqueue(hello);
                await responseStream.WriteAsync(new() { Welcome = new() });
                continue;
            }

            Keep(hello!, request.Batch);
            await responseStream.WriteAsync(
                new() { Acknowledgement = new() { UpToSequence = request.Batch.Sequence } });
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _application, null) is { } application)
        {
            await application.DisposeAsync();
        }
    }

    private void Keep(Hello hello, Batch batch)
    {
        var rows = Rows.GetOrAdd(hello.Serial, _ => new());
        var width = hello.Columns.Count;
        for (var row = 0; row < batch.TimestampsUnixMs.Count; row++)
        {
            rows.Enqueue((batch.TimestampsUnixMs[row], [.. batch.Values.Skip(row * width).Take(width)]));
        }
    }
}
