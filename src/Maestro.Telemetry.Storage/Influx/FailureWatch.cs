namespace Maestro.Telemetry.Storage.Influx;

/// <summary>
/// Tells a server that fails from a point that it fails on: the server answers some requests with 5xx for a long time,
/// and others well. Safe for concurrent use.
/// </summary>
internal sealed class FailureWatch(TimeSpan isolateAfter, TimeProvider time)
{
    // Those who write try again within seconds: after so long without a failure, the next one begins anew.
    private static readonly TimeSpan Gap = TimeSpan.FromMinutes(2);

    // A search that found nothing has cost a struggling server some requests. All requests of a write are searched.
    private static readonly TimeSpan SearchEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SearchFor = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private DateTimeOffset _since;
    private DateTimeOffset _last = DateTimeOffset.MinValue;
    private DateTimeOffset _notBefore;
    private DateTimeOffset _until;
    private DateTimeOffset _provenUntil;

    /// <summary>Whether points were found a moment ago, so that it is not the server.</summary>
    public bool IsProven
    {
        get
        {
            lock (_gate)
            {
                return time.GetUtcNow() < _provenUntil;
            }
        }
    }

    /// <summary>The server has failed on a request.</summary>
    /// <returns>True when it is to be looked for the points that it fails on.</returns>
    public bool Failed()
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (_last + Gap < now)
            {
                _since = now;
            }

            _last = now;
            if (now < _until)
            {
                return true;
            }

            if (now - _since < isolateAfter || now < _notBefore)
            {
                return false;
            }

            (_notBefore, _until) = (now + SearchEvery, now + SearchFor);
            return true;
        }
    }

    /// <summary>Points were found. Those who wrote them find out one by one which rows they belong to.</summary>
    public void Found()
    {
        lock (_gate)
        {
            _until = _provenUntil = time.GetUtcNow() + Gap;
        }
    }
}
