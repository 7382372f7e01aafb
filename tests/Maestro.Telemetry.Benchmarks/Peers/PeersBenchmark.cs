using System.Text.Json;
using Grpc.Core;
using static System.FormattableString;

namespace Maestro.Telemetry.Benchmarks.Peers;

/// <summary>Measures the collectors one after the other and prints what they came to.</summary>
internal sealed class PeersBenchmark(PeersSettings settings)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Every collector that there is, ours first.</summary>
    public static IReadOnlyList<IPeer> All { get; } = [.. OwnPeer.All, .. ForeignPeers.All];

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var data = new PeerData(settings.Sgms, settings.AllRows, TimeProvider.System.GetUtcNow());
        var results = new List<PeerResult>();
        var failed = false;
        foreach (var peer in All.Where(p => settings.Names.Count == 0 || settings.Names.Contains(p.Name)))
        {
            if (peer.Missing is { } missing)
            {
                await Console.Error.WriteLineAsync($"{peer.Name}: left out, because {missing}");
                continue;
            }

            try
            {
                await Console.Error.WriteLineAsync($"{peer.Name}: {peer.How} ...");
                results.Add(await MeasureAsync(peer, data, cancellationToken));
            }
            catch (Exception e) when (e is InvalidOperationException or RpcException or TimeoutException
                or HttpRequestException or IOException)
            {
                failed = true;
                await Console.Error.WriteLineAsync($"{peer.Name}: failed. {e.Message}");
            }
        }

        results = Compare(results);
        Console.WriteLine(settings.Json ? JsonSerializer.Serialize(results, Json) : PeersTable.Print(results, settings));
        return failed ? 1 : 0;
    }

    private async Task<PeerResult> MeasureAsync(IPeer peer, PeerData data, CancellationToken cancellationToken)
    {
        var result = await InDirectoryAsync(
            directory => new PeerRun(peer, settings, data).MeasureAsync(directory, cancellationToken));
        await Console.Error.WriteLineAsync(Invariant(
            $"  {result.ValuesPerSecond:N0} values/s, {result.CpuSecondsPerMillionValues:F3} CPU s per million"));
        if (!peer.TakesStreams || settings.Streams.Count == 0)
        {
            return result;
        }

        var memory = await InDirectoryAsync(
            directory => new MemoryRun(peer, settings, data).MeasureAsync(directory, cancellationToken));
        foreach (var streams in memory)
        {
            await Console.Error.WriteLineAsync(Invariant($"  {streams.Streams:N0} streams: {streams.PeakMb:F0} MiB"));
        }

        return result with { Streams = memory };
    }

    private List<PeerResult> Compare(List<PeerResult> results)
    {
        var baseline = results.Find(r => r.Name == settings.Baseline);
        return baseline is null ? results :
        [
            .. results.Select(r => r with
            {
                CpuAgainstBaseline = Math.Round(
                    r.SettledCpuSecondsPerMillionValues / baseline.SettledCpuSecondsPerMillionValues, 3),
                SpeedAgainstBaseline = Math.Round(r.ValuesPerSecond / baseline.ValuesPerSecond, 3),
            }),
        ];
    }

    private static async Task<T> InDirectoryAsync<T>(Func<string, Task<T>> measure)
    {
        var directory = Directory.CreateTempSubdirectory("maestro-benchmark-");
        try
        {
            return await measure(directory.FullName);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
