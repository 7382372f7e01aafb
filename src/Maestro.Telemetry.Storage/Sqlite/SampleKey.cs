namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>
/// The key of a sample: its time in milliseconds above the number of its SGM. One integer that grows with time, so that
/// fresh samples are appended at the end of the table.
/// </summary>
internal static class SampleKey
{
    public const int GatewayBits = 20;
    public const int MaxGateway = (1 << GatewayBits) - 1;

    /// <summary>The year 2248.</summary>
    public const long MaxTime = (1L << (63 - GatewayBits)) - 1;

    public static long Of(long timeMs, int gateway) => (timeMs << GatewayBits) | (uint)gateway;

    public static long Time(long key) => key >> GatewayBits;

    public static int Gateway(long key) => (int)(key & MaxGateway);

    /// <summary>The first key of a time; times outside the range of keys are moved to its ends.</summary>
    public static long Floor(DateTimeOffset time)
    {
        // Rounded up: a sample at the millisecond before a finer bound is not in the range that begins there.
        var ticks = (time - DateTimeOffset.UnixEpoch).Ticks;
        var ms = (ticks / TimeSpan.TicksPerMillisecond) + (ticks % TimeSpan.TicksPerMillisecond > 0 ? 1 : 0);
        return ms > MaxTime ? long.MaxValue : Math.Max(ms, 0) << GatewayBits;
    }
}
