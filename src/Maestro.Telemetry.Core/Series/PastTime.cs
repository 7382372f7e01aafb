using System.Globalization;
using System.Text.RegularExpressions;

namespace Maestro.Telemetry.Series;

/// <summary>A moment that has been, as people write it: 2026-11-22T08:05Z, 08:05 for the last such time, 15m for so long ago.</summary>
public static partial class PastTime
{
    /// <summary>What may be written, to follow "write it like".</summary>
    public const string Forms = "2026-11-22T08:05Z, 08:05 (today or yesterday, UTC), or 15m, 2h30m or 3d (ago)";

    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    /// <summary>Reads a moment. Without a zone it is of UTC.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="now">What it is measured from.</param>
    /// <param name="time">The moment.</param>
    /// <returns>False when it is none of <see cref="Forms"/>.</returns>
    public static bool TryParse(string text, DateTimeOffset now, out DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.Trim();
        if (TimeOnly.TryParseExact(
            text.TrimEnd('Z'), ["H:mm", "H:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock))
        {
            var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero) + clock.ToTimeSpan();
            time = today <= now ? today : today.AddDays(-1);
            return true;
        }

        if (Ago().Match(text) is { Success: true, Groups: var parts } && parts[0].Length > 0)
        {
            time = now - new TimeSpan(Number(parts["d"]), Number(parts["h"]), Number(parts["m"]), Number(parts["s"]));
            return true;
        }

        time = default;
        return Day().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out time);
    }

    private static int Number(Group part) =>
        part.Success ? int.Parse(part.Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"^(?=\d)(?:(?<d>[0-9]{1,4})d)?(?:(?<h>[0-9]{1,5})h)?(?:(?<m>[0-9]{1,6})m)?(?:(?<s>[0-9]{1,8})s)?(?: ago)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Ago();

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}", RegexOptions.CultureInvariant)]
    private static partial Regex Day();
}
