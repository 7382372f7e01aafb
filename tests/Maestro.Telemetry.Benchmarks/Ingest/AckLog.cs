namespace Maestro.Telemetry.Benchmarks.Ingest;

/// <summary>What the streams of a case have had acknowledged, and how long that took.</summary>
internal sealed class AckLog
{
    private readonly Lock _gate = new();
    private readonly List<double> _milliseconds = [];
    private long _values;

    public long Values => Interlocked.Read(ref _values);

    public void Add(int values, TimeSpan latency)
    {
        Interlocked.Add(ref _values, values);
        lock (_gate)
        {
            _milliseconds.Add(latency.TotalMilliseconds);
        }
    }

    /// <summary>Forgets the latencies so far.</summary>
    public void ForgetLatencies()
    {
        lock (_gate)
        {
            _milliseconds.Clear();
        }
    }

    /// <summary>Milliseconds that this share of the batches waited at most; NaN when none was acknowledged.</summary>
    public double LatencyMs(double share)
    {
        lock (_gate)
        {
            _milliseconds.Sort();
            return _milliseconds.Count == 0
                ? double.NaN
                : _milliseconds[Math.Min(_milliseconds.Count - 1, (int)(share * _milliseconds.Count))];
        }
    }
}
