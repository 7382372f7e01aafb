namespace Maestro.Telemetry.Benchmarks.Ingest;

/// <summary>How fast values were taken, and at what cost in CPU time.</summary>
internal readonly record struct Pace(long Values, TimeSpan Elapsed, TimeSpan CpuTime)
{
    public double ValuesPerSecond => Values / Elapsed.TotalSeconds;

    public double CpuSecondsPerMillionValues => CpuTime.TotalSeconds / (Values / 1e6);
}
