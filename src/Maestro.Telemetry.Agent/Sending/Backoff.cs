namespace Maestro.Telemetry.Agent;

/// <summary>
/// Waits between attempts: full jitter over a doubling bound, so that agents that lost the same collector do not come
/// back together (Brooker 2015, https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
/// </summary>
internal sealed class Backoff(TelemetrySenderOptions options, Random random)
{
    private int _failures;

    /// <summary>The wait after one more failure.</summary>
    /// <param name="rejected">Whether waiting alone will not help: the wait is then long, half of it jitter.</param>
    public TimeSpan Next(bool rejected)
    {
        if (rejected)
        {
            return options.RejectedRetry * (0.5 + (0.5 * random.NextDouble()));
        }

        // 2^30 times any base is above any bound; the exponent stops there so that it stays finite.
        var bound = options.BackoffBase.TotalMilliseconds * Math.Pow(2, Math.Min(_failures, 30));
        _failures++;
        return TimeSpan.FromMilliseconds(Math.Min(bound, options.BackoffMax.TotalMilliseconds) * random.NextDouble());
    }

    public void Reset() => _failures = 0;
}
