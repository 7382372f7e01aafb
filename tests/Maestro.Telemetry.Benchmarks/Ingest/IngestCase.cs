namespace Maestro.Telemetry.Benchmarks.Ingest;

/// <summary>One number of streams against one new server.</summary>
internal sealed class IngestCase(IngestSettings settings, int streams)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // As many batches under way as keep the writer busy, and no stream without two: one is written, one comes in.
    private const int BatchesUnderWay = 64;

    private readonly AckLog _log = new();

    public async Task<IngestResult> RunAsync(CancellationToken cancellationToken)
    {
        var store = await InDirectoryAsync(
            directory => new StoreBaseline(settings, streams).MeasureAsync(directory, cancellationToken));
        var (pace, memory) = await InDirectoryAsync(directory => MeasureAsync(directory, cancellationToken));
        return new IngestResult(
            streams,
            Math.Round(pace.ValuesPerSecond),
            Math.Round(pace.CpuSecondsPerMillionValues, 3),
            Math.Round(_log.LatencyMs(0.50), 1),
            Math.Round(_log.LatencyMs(0.99), 1),
            Math.Round(memory, 1),
            Math.Round(store.ValuesPerSecond),
            Math.Round(store.CpuSecondsPerMillionValues, 3),
            Math.Round(pace.ValuesPerSecond / store.ValuesPerSecond, 2));
    }

    private async Task<(Pace Pace, double PeakMemoryMb)> MeasureAsync(
        string directory, CancellationToken cancellationToken)
    {
        await using var server = await ServerProcess.StartAsync(
            directory, new Dictionary<string, string>(), cancellationToken);
        using var stop = new CancellationTokenSource();
        byte[][] matrices = [.. SampleMatrix.Create(8, settings.BatchRows).Select(SampleMatrix.Encode)];
        var window = Math.Max(2, BatchesUnderWay / streams);
        var sending = Task.WhenAll(Enumerable.Range(0, streams).Select(number =>
            new LoadStream(number, settings.BatchRows, window, matrices, _log).RunAsync(server.Address, stop.Token)));
        await WaitAsync(settings.WarmUp, sending, cancellationToken);
        _log.ForgetLatencies();
        var started = TimeProvider.System.GetTimestamp();
        var (values, cpu) = (_log.Values, server.Measured.CpuTime);
        await WaitAsync(settings.Measured, sending, cancellationToken);
        var pace = new Pace(
            _log.Values - values, TimeProvider.System.GetElapsedTime(started), server.Measured.CpuTime - cpu);
        var memory = server.Measured.PeakMemoryMb;
        await stop.CancelAsync();
        await sending.WaitAsync(Patience, cancellationToken);
        return (pace, memory);
    }

    /// <summary>Lets the streams send for a while; one that fails ends the wait.</summary>
    private static async Task WaitAsync(TimeSpan duration, Task sending, CancellationToken cancellationToken)
    {
        var passed = Task.Delay(duration, TimeProvider.System, cancellationToken);
        await await Task.WhenAny(passed, sending);
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
