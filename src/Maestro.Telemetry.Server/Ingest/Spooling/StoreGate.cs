namespace Maestro.Telemetry.Server.Ingest.Spooling;

/// <summary>What the live path and the draining of the spool tell each other of the store.</summary>
internal sealed class StoreGate
{
    private long _liveCommitTicks;
    private volatile bool _closed;
    private volatile bool _full;

    /// <summary>True while the store does not answer: live batches do not try it, the draining does.</summary>
    public bool IsClosed => _closed;

    /// <summary>True while neither the store nor the spool takes anything: requests are refused at the door.</summary>
    public bool IsFull => _full;

    /// <summary>How long the last live commit took.</summary>
    public TimeSpan LiveCommit
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _liveCommitTicks));
        set => Interlocked.Exchange(ref _liveCommitTicks, value.Ticks);
    }

    public void Close() => _closed = true;

    public void Open()
    {
        _closed = false;
        _full = false;
    }

    /// <summary>The spool has taken something, or is full.</summary>
    public void Spooled(bool taken) => _full = !taken;
}
