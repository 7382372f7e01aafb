using System.Text.Json;
using Grpc.Core;
using static System.FormattableString;

namespace Maestro.Telemetry.Benchmarks.Ingest;

/// <summary>Runs the cases one after the other and prints what they came to.</summary>
internal sealed class IngestBenchmark(IngestSettings settings)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var results = new List<IngestResult>();
        Header();
        foreach (var streams in settings.Streams)
        {
            try
            {
                var result = await new IngestCase(settings, streams).RunAsync(cancellationToken);
                results.Add(result);
                Row(result);
            }
            catch (Exception e) when (e is InvalidOperationException or RpcException or TimeoutException)
            {
                await Console.Error.WriteLineAsync($"{streams} streams: {e.Message}");
                return 1;
            }
        }

        if (settings.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(results, Json));
        }

        return 0;
    }

    private void Header()
    {
        if (!settings.Json)
        {
            Console.WriteLine(
                "streams   values/s  CPU s/1M  ack p50 ms  ack p99 ms  peak MiB | store values/s  CPU s/1M  share");
        }
    }

    private void Row(IngestResult r)
    {
        if (!settings.Json)
        {
            Console.WriteLine(Invariant($"{r.Streams,7}{r.ValuesPerSecond,11:N0}{r.CpuSecondsPerMillionValues,10:F3}")
                + Invariant($"{r.AckP50Ms,12:F1}{r.AckP99Ms,12:F1}{r.PeakMemoryMb,10:F1} |")
                + Invariant($"{r.StoreValuesPerSecond,15:N0}{r.StoreCpuSecondsPerMillionValues,10:F3}{r.ShareOfStore,7:P0}"));
        }
    }
}
