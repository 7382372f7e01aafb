using System.Globalization;
using Grpc.Core;
using Grpc.Net.Client;
using Maestro.Telemetry.IntegrationTests.Storage;
using Maestro.Telemetry.Protocol.V1;
using Xunit.Abstractions;

namespace Maestro.Telemetry.IntegrationTests.Service;

/// <summary>Agents that are connected and have nothing to say. More of them: MAESTRO_IDLE_STREAMS.</summary>
public sealed class IdleStreamsTests(ITestOutputHelper output)
{
    private const long MaxBytes = 400L << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly int Streams = int.Parse(
        Environment.GetEnvironmentVariable("MAESTRO_IDLE_STREAMS") ?? "2000", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Streams_ThatAreIdle_FitInTheMemory()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(
            directory.File("maestro.json"), $$"""{ "Maestro": { "Ingest": { "MaxStreams": "{{Streams}}" } } }""");
        await using var server = MaestroProcess.Start(
            directory.Path,
            "serve", "--data", directory.Path, "--grpc", "http://127.0.0.1:0", "--console", "http://127.0.0.1:0",
            "--otlp", "", "--receiver", "");
        using var channel = GrpcChannel.ForAddress(await server.ReadGrpcAddressAsync());
        var collector = new TelemetryCollector.TelemetryCollectorClient(channel);
        var before = server.ResidentBytes();
        var calls = new List<AsyncDuplexStreamingCall<StreamRequest, StreamResponse>>();
        try
        {
            foreach (var chunk in Enumerable.Range(0, Streams).Chunk(50))
            {
                var opened = chunk.Select(_ => collector.Stream()).ToList();
                calls.AddRange(opened);
                await Task.WhenAll(opened.Select((call, i) => OpenAsync(call, chunk[i]))).WaitAsync(Patience);
            }

            var after = server.ResidentBytes();

            output.WriteLine(FormattableString.Invariant(
                $"{Streams} idle streams: {after >> 20} MiB in RAM, {before >> 20} MiB before, {(after - before) / Streams} bytes each."));
            Assert.InRange(after, 0, MaxBytes);
        }
        finally
        {
            calls.ForEach(call => call.Dispose());
        }
    }

    /// <summary>Says who it is, and waits for the welcome.</summary>
    private static async Task OpenAsync(AsyncDuplexStreamingCall<StreamRequest, StreamResponse> call, int number)
    {
        var hello = ServerUnderTest.Hello(
            string.Create(CultureInfo.InvariantCulture, $"S{number}"),
            string.Create(CultureInfo.InvariantCulture, $"agent-{number}"));
        await call.RequestStream.WriteAsync(new StreamRequest { Hello = hello });
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
    }
}
