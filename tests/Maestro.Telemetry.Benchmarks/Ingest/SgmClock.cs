namespace Maestro.Telemetry.Benchmarks.Ingest;

/// <summary>The timestamps of one SGM: a row each 5 s, from as long ago as the collector may be told to accept.</summary>
internal sealed class SgmClock(DateTimeOffset now)
{
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(400);

    private const long IntervalMs = 5_000;

    private readonly long _endMs = now.ToUnixTimeMilliseconds();
    private long _nextMs = (now - MaxAge + TimeSpan.FromHours(1)).ToUnixTimeMilliseconds();

    /// <summary>The timestamps of the next rows.</summary>
    /// <exception cref="InvalidOperationException">The SGM has come to the present.</exception>
    public void Next(Span<long> timestampsMs)
    {
        foreach (ref var timestamp in timestampsMs)
        {
            timestamp = _nextMs;
            _nextMs += IntervalMs;
        }

        if (_nextMs > _endMs)
        {
            throw new InvalidOperationException(
                "An SGM has sent 400 days of samples and has none left; give fewer --seconds or more --streams.");
        }
    }
}
