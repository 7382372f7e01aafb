namespace Maestro.Telemetry.Server.Forecasting;

/// <summary>Notices commits of samples from a time that was read already. Safe for concurrent use.</summary>
internal sealed class LateSamples
{
    private long _readUntilMs = long.MinValue;
    private bool _came;

    /// <summary>
    /// Said before the reading begins: a commit beside it may or may not be in what is read, and then counts as late.
    /// </summary>
    public void ReadUntil(DateTimeOffset end) => Interlocked.Exchange(ref _readUntilMs, end.ToUnixTimeMilliseconds());

    /// <summary>Said after a commit, with the time of its oldest sample.</summary>
    public void Committed(long oldestMs)
    {
        if (oldestMs < Interlocked.Read(ref _readUntilMs))
        {
            Interlocked.Exchange(ref _came, true);
        }
    }

    /// <summary>True when samples came late since it was last asked.</summary>
    public bool Take() => Interlocked.Exchange(ref _came, false);
}
