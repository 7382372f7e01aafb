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

    /// <summary>A duration as 1.x says it, for example 168h0m0s; zero, which is for ever, when it is none.</summary>
    public static TimeSpan ReadDuration(string? text)
    {
        var (duration, number) = (TimeSpan.Zero, 0L);
        foreach (var letter in text ?? "")
        {
            if (char.IsAsciiDigit(letter) && number < int.MaxValue)
            {
                number = (number * 10) + (letter - '0');
                continue;
            }

            duration += TimeSpan.FromSeconds(number * letter switch { 'h' => 3_600, 'm' => 60, 's' => 1, _ => 0 });
            number = 0;
        }

        return duration;
    }

    public static string Duration(TimeSpan duration) => duration <= TimeSpan.Zero
        ? "INF"
        : string.Create(CultureInfo.InvariantCulture, $"{(long)Math.Ceiling(duration.TotalHours)}h");
}
