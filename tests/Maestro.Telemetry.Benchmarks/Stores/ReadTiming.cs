namespace Maestro.Telemetry.Benchmarks.Stores;

/// <summary>How long something took, run after run.</summary>
/// <param name="Store">Where it was read.</param>
/// <param name="Read">What was read.</param>
/// <param name="Rows">Rows of one run; for an answer that is not taken apart, its bytes.</param>
/// <param name="P50Ms">Milliseconds of the run in the middle.</param>
/// <param name="P99Ms">Milliseconds that 99 % of the runs took at most.</param>
internal sealed record ReadTiming(string Store, string Read, long Rows, double P50Ms, double P99Ms)
{
    private const int WarmUps = 3;

    public static async Task<ReadTiming> MeasureAsync(string store, string read, int runs, Func<Task<long>> work)
    {
        var rows = 0L;
        var times = new List<double>(runs);
        for (var run = -WarmUps; run < runs; run++)
        {
            var started = TimeProvider.System.GetTimestamp();
            rows = await work();
            if (run >= 0)
            {
                times.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        times.Sort();
        return new ReadTiming(
            store, read, rows, Math.Round(times[runs / 2], 1), Math.Round(times[(int)Math.Ceiling(runs * 0.99) - 1], 1));
    }
}
