namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>
/// The key of a roll-up: minute, then group, then SGM. The fresh minutes are at the end of the table, and one group's
/// SGMs lie side by side in each minute: a day of a group is 1,440 short ranges, however many other SGMs there are.
/// </summary>
internal static class RollupKey
{
    public const int GroupBits = 15;
    public const int SuffixBits = GroupBits + SampleKey.GatewayBits;
    public const int MaxGroup = (1 << GroupBits) - 1;
    public const long MaxMinute = (1L << (63 - SuffixBits)) - 1;
    public const long MsPerMinute = 60_000;

    public static long Of(long minute, int group, int gateway) =>
        (minute << SuffixBits) | ((long)group << SampleKey.GatewayBits) | (uint)gateway;

    public static long Minute(long key) => key >> SuffixBits;

    /// <summary>0 when the SGM was free.</summary>
    public static int Group(long key) => (int)(key >> SampleKey.GatewayBits) & MaxGroup;

    public static int Gateway(long key) => (int)(key & SampleKey.MaxGateway);

    /// <summary>The first minute that begins at or after a time, within the range of keys.</summary>
    public static long MinuteAtOrAfter(DateTimeOffset time)
    {
        var ticks = (time - DateTimeOffset.UnixEpoch).Ticks;
        var minute = (ticks / TimeSpan.TicksPerMinute) + (ticks % TimeSpan.TicksPerMinute > 0 ? 1 : 0);
        return Math.Clamp(minute, 0, MaxMinute);
    }
}
