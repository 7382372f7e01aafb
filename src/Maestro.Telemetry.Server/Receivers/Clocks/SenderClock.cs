namespace Maestro.Telemetry.Server.Receivers.Clocks;

/// <summary>
/// The offset of one sender's clock from its time stamps as they arrive. Each is late by its way to us, never early, so
/// that the largest difference of many is nearest to the offset (the minimum filter of Mills, NTP clock filter,
/// RFC 5905, section 10: https://www.rfc-editor.org/rfc/rfc5905#section-10).
/// </summary>
internal sealed class SenderClock(string sender, bool isSendTime)
{
    // A clock that is set, or drifts, is seen after at most twice as many.
    private const int Observations = 64;

    private readonly Lock _gate = new();
    private long _before = long.MinValue;
    private long _now = long.MinValue;
    private int _count;

    public bool IsOf(string other, bool otherIsSendTime) => sender == other && isSendTime == otherIsSendTime;

    /// <param name="aheadMs">The stamp minus our clock, in milliseconds.</param>
    public void Observe(long aheadMs)
    {
        lock (_gate)
        {
            if (_count == Observations)
            {
                (_before, _now, _count) = (_now, long.MinValue, 0);
            }

            _now = Math.Max(_now, aheadMs);
            _count++;
        }
    }

    public ClockReading Read()
    {
        lock (_gate)
        {
            return new(sender, TimeSpan.FromMilliseconds(Math.Max(_before, _now)), isSendTime);
        }
    }
}
