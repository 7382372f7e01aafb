using System.Diagnostics;
using System.Globalization;
using Maestro.Telemetry.Benchmarks.Ingest;

namespace Maestro.Telemetry.Benchmarks.Peers;

/// <summary>Measures one collector with one load: a warm-up, all as fast as it takes it, then at a pace.</summary>
internal sealed class PeerRun(IPeer peer, PeersSettings settings, PeerData data)
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    // Below this share of a core a server does nothing but wait.
    private const double QuietShare = 0.05;
    private const int QuietTicks = 6;

    public async Task<PeerResult> MeasureAsync(string directory, CancellationToken cancellationToken)
    {
        await using var running = await peer.StartAsync(directory, cancellationToken);
        var lanes = Enumerable.Range(0, settings.Lanes)
            .Select(i => running.CreateLane(data, i * settings.SgmsPerRequest, SgmsOf(i)))
            .ToList();
        try
        {
            return await MeasureAsync(running, lanes, directory, cancellationToken);
        }
        finally
        {
            foreach (var lane in lanes)
            {
                await lane.DisposeAsync();
            }
        }
    }

    private async Task<PeerResult> MeasureAsync(
        IRunningPeer running, List<ILane> lanes, string directory, CancellationToken cancellationToken)
    {
        await Task.WhenAll(lanes.Select(lane => lane.OpenAsync(cancellationToken)));
        await AllAtOnceAsync(lanes, 0, settings.WarmUpRows, new AckLog(), cancellationToken);
        await SettleAsync(running, cancellationToken);
        var behind = running.Behind?.CpuTime ?? TimeSpan.Zero;
        var (pace, log, before) = await FullLoadAsync(running, lanes, cancellationToken);
        await SettleAsync(running, cancellationToken);
        var settled = pace with { CpuTime = running.Front.CpuTime - before };
        var behindPace = pace with { CpuTime = (running.Behind?.CpuTime ?? TimeSpan.Zero) - behind };
        var bytes = await BytesOnDiskAsync(directory, cancellationToken);
        var paced = new AckLog();
        var firstRow = settings.WarmUpRows + settings.Rows;
        await AtAPaceAsync(running, lanes, firstRow, settings.PacedWarmUpRows, new AckLog(), cancellationToken);
        var pacedPace = await AtAPaceAsync(
            running, lanes, firstRow + settings.PacedWarmUpRows, settings.PacedRows, paced, cancellationToken);
        var peak = running.Front.PeakMemoryMb;
        var (sent, stored) = await CountAsync(running, cancellationToken);
        return new PeerResult(
            peer.Name,
            peer.How,
            pace.Values,
            Math.Round(pace.ValuesPerSecond),
            Math.Round(pace.CpuSecondsPerMillionValues, 3),
            Math.Round(settled.CpuSecondsPerMillionValues, 3),
            running.Behind is null ? null : Math.Round(behindPace.CpuSecondsPerMillionValues, 3),
            Math.Round(log.LatencyMs(0.50), 1),
            Math.Round(log.LatencyMs(0.99), 1),
            Math.Round((double)bytes / ValuesOf(settings.WarmUpRows + settings.Rows), 2),
            Math.Round(pacedPace.ValuesPerSecond / PeerData.Metrics.Count),
            Math.Round(pacedPace.CpuTime / pacedPace.Elapsed, 2),
            Math.Round(paced.LatencyMs(0.50), 1),
            Math.Round(paced.LatencyMs(0.99), 1),
            Math.Round(peak, 1),
            sent,
            stored,
            []);
    }

    private async Task<(Pace Pace, AckLog Log, TimeSpan CpuBefore)> FullLoadAsync(
        IRunningPeer running, List<ILane> lanes, CancellationToken cancellationToken)
    {
        var log = new AckLog();
        var sending = Prepare(lanes, settings.WarmUpRows, settings.Rows);
        var before = running.Front.CpuTime;
        var started = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(sending.Select(requests => SendAsync(requests, log, cancellationToken)));
        var pace = new Pace(log.Values, TimeProvider.System.GetElapsedTime(started), running.Front.CpuTime - before);
        return (pace, log, before);
    }

    private Task AllAtOnceAsync(
        List<ILane> lanes, int firstRow, int rows, AckLog log, CancellationToken cancellationToken) =>
        Task.WhenAll(Prepare(lanes, firstRow, rows).Select(requests => SendAsync(requests, log, cancellationToken)));

    /// <summary>What each lane sends, in the order of time.</summary>
    private List<List<PreparedRequest>> Prepare(List<ILane> lanes, int firstRow, int rows) =>
    [
        .. lanes.Select((lane, i) => Enumerable.Range(0, (rows + settings.RowsPerRequest - 1) / settings.RowsPerRequest)
            .Select(chunk => firstRow + (chunk * settings.RowsPerRequest))
            .Select(row => new Block(
                i * settings.SgmsPerRequest, SgmsOf(i), row, Math.Min(settings.RowsPerRequest, firstRow + rows - row)))
            .Select(block => new PreparedRequest(block.Values, lane.Prepare(block)))
            .ToList()),
    ];

    private static async Task SendAsync(List<PreparedRequest> requests, AckLog log, CancellationToken cancellationToken)
    {
        foreach (var request in requests)
        {
            var started = TimeProvider.System.GetTimestamp();
            await request.SendAsync(cancellationToken);
            log.Add(request.Values, TimeProvider.System.GetElapsedTime(started));
        }
    }

    /// <summary>A row of each SGM at each tick; one that is late is timed from when it was due.</summary>
    private async Task<Pace> AtAPaceAsync(
        IRunningPeer running,
        List<ILane> lanes,
        int firstRow,
        int rows,
        AckLog log,
        CancellationToken cancellationToken)
    {
        var requests = lanes.Select((lane, i) => Enumerable.Range(firstRow, rows)
                .Select(row => new Block(i * settings.SgmsPerRequest, SgmsOf(i), row, 1))
                .Select(block => new PreparedRequest(block.Values, lane.Prepare(block)))
                .ToList())
            .ToList();
        var before = running.Front.CpuTime;
        var started = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(requests.Select((lane, i) => SendPacedAsync(
            lane, started, i * settings.PacedInterval / lanes.Count, log, cancellationToken)));
        return new Pace(log.Values, TimeProvider.System.GetElapsedTime(started), running.Front.CpuTime - before);
    }

    private async Task SendPacedAsync(
        List<PreparedRequest> requests, long started, TimeSpan due, AckLog log, CancellationToken cancellationToken)
    {
        foreach (var request in requests)
        {
            if (due - TimeProvider.System.GetElapsedTime(started) is var early && early > TimeSpan.Zero)
            {
                await Task.Delay(early, TimeProvider.System, cancellationToken);
            }

            await request.SendAsync(cancellationToken);
            log.Add(request.Values, TimeProvider.System.GetElapsedTime(started) - due);
            due += settings.PacedInterval;
        }
    }

    /// <summary>Waits until the servers do nothing any more, or for as long as is allowed.</summary>
    private async Task SettleAsync(IRunningPeer running, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var quiet = 0; quiet < QuietTicks && TimeProvider.System.GetElapsedTime(started) < settings.LongestSettling;)
        {
            var before = CpuTime();
            await Task.Delay(Tick, TimeProvider.System, cancellationToken);
            quiet = CpuTime() - before < QuietShare * Tick ? quiet + 1 : 0;
        }

        TimeSpan CpuTime() => running.Front.CpuTime + (running.Behind?.CpuTime ?? TimeSpan.Zero);
    }

    /// <summary>Counts until all is there: some tell of what they have only after a while.</summary>
    private async Task<(long Sent, long Stored)> CountAsync(IRunningPeer running, CancellationToken cancellationToken)
    {
        var sent = ValuesOf(settings.AllRows);
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var stored = await running.CountValuesAsync(cancellationToken);
            if (stored == sent || TimeProvider.System.GetElapsedTime(started) > settings.LongestSettling)
            {
                return (sent, stored);
            }

            await Task.Delay(Tick, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>What files take up, not how long they are: some have holes.</summary>
    private static async Task<long> BytesOnDiskAsync(string directory, CancellationToken cancellationToken)
    {
        using var du = Process.Start(new ProcessStartInfo("du", ["-s", "--block-size=1", directory])
        {
            RedirectStandardOutput = true,
        })!;
        var output = await du.StandardOutput.ReadToEndAsync(cancellationToken);
        await du.WaitForExitAsync(cancellationToken);
        return long.Parse(output.AsSpan(0, output.IndexOf('\t', StringComparison.Ordinal)), CultureInfo.InvariantCulture);
    }

    private int SgmsOf(int lane) => Math.Min(settings.SgmsPerRequest, settings.Sgms - (lane * settings.SgmsPerRequest));

    private long ValuesOf(int rows) => (long)settings.Sgms * rows * PeerData.Metrics.Count;
}
