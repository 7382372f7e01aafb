using System.Globalization;

namespace Grpc.Net.Wire;

/// <summary>The <c>grpc-timeout</c> header: up to eight digits and a unit.</summary>
internal static class GrpcTimeout
{
    private const long MaxDigits = 99_999_999;

    // Largest timer that .NET takes is about 49.7 days; longer deadlines are as good as none.
    public static readonly TimeSpan Longest = TimeSpan.FromDays(45);

    /// <summary>Never longer than asked for, except that nothing is shorter than a nanosecond.</summary>
    public static string Encode(TimeSpan timeout)
    {
        if (timeout <= TimeSpan.Zero)
        {
            return "1n";
        }

        ReadOnlySpan<(long Ticks, char Unit)> units =
        [
            (TimeSpan.TicksPerMicrosecond, 'u'),
            (TimeSpan.TicksPerMillisecond, 'm'),
            (TimeSpan.TicksPerSecond, 'S'),
            (TimeSpan.TicksPerMinute, 'M'),
        ];
        var nanoseconds = timeout.Ticks * 100L;
        if (timeout.Ticks <= MaxDigits / 100)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{nanoseconds}n");
        }

        foreach (var (ticks, unit) in units)
        {
            if (timeout.Ticks / ticks <= MaxDigits)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{timeout.Ticks / ticks}{unit}");
            }
        }

        var hours = Math.Min(timeout.Ticks / TimeSpan.TicksPerHour, MaxDigits);
        return string.Create(CultureInfo.InvariantCulture, $"{hours}H");
    }

    public static bool TryDecode(ReadOnlySpan<char> text, out TimeSpan timeout)
    {
        timeout = default;
        if (text.Length is < 2 or > 9
            || !long.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        long? ticks = text[^1] switch
        {
            'n' => (value + 99) / 100,
            'u' => value * TimeSpan.TicksPerMicrosecond,
            'm' => value * TimeSpan.TicksPerMillisecond,
            'S' => value * TimeSpan.TicksPerSecond,
            'M' => value * TimeSpan.TicksPerMinute,
            'H' => value * TimeSpan.TicksPerHour,
            _ => null,
        };
        timeout = new TimeSpan(ticks ?? 0);
        return ticks is not null;
    }
}
