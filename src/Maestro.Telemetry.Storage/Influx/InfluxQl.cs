using System.Globalization;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>Pieces of InfluxQL.</summary>
internal static class InfluxQl
{
    // What a server can hold: 1677 to 2262 in nanoseconds, with room for the arithmetic of a query.
    private const long LatestMs = 9_214_646_400_000;

    /// <summary>A string literal.</summary>
    public static string Text(string value) =>
        $"'{value.Replace("\\", "\\\\").Replace("'", "\\'").Replace("\n", "\\n")}'";

    /// <summary>A name in double quotes.</summary>
    public static string Name(string value) => $"\"{value.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";

    /// <summary>The first whole millisecond at or after a time, within what a server can hold.</summary>
    public static long CeilingMs(DateTimeOffset time)
    {
        var ticks = (time - DateTimeOffset.UnixEpoch).Ticks;
        var ms = (ticks / TimeSpan.TicksPerMillisecond) + (ticks % TimeSpan.TicksPerMillisecond > 0 ? 1 : 0);
        return Math.Clamp(ms, 0, LatestMs);
    }

    public static string Ms(long ms) => string.Create(CultureInfo.InvariantCulture, $"{ms}ms");

    /// <summary>A condition for [from, to).</summary>
    public static string Between(long fromMs, long toMs) => $"time >= {Ms(fromMs)} AND time < {Ms(toMs)}";

    public static string Duration(TimeSpan duration) => duration <= TimeSpan.Zero
        ? "INF"
        : string.Create(CultureInfo.InvariantCulture, $"{(long)Math.Ceiling(duration.TotalHours)}h");
}
