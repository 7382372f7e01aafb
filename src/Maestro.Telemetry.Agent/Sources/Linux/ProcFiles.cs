using System.Globalization;

namespace Maestro.Telemetry.Agent;

/// <summary>Reads the texts of the kernel (proc(5), https://man7.org/linux/man-pages/man5/proc.5.html).</summary>
internal static class ProcFiles
{
    /// <summary>The cores that are online, by number, from /proc/stat.</summary>
    public static Dictionary<int, CoreTicks> ParseCores(string stat)
    {
        var cores = new Dictionary<int, CoreTicks>();
        Span<long> ticks = stackalloc long[8];
        foreach (var line in stat.AsSpan().EnumerateLines())
        {
            // The lines of the cores come first; those of interrupts can be very long.
            if (!line.StartsWith("cpu", StringComparison.Ordinal))
            {
                break;
            }

            if (line is ['c', 'p', 'u', >= '0' and <= '9', ..])
            {
                var space = line.IndexOf(' ');
                var number = int.Parse(line[3..space], CultureInfo.InvariantCulture);
                ParseNumbers(line[space..], ticks, "/proc/stat");

                // user nice system idle iowait irq softirq steal; guest time is part of user already.
                var busy = ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6] + ticks[7];
                cores[number] = new(busy, ticks[3] + ticks[4]);
            }
        }

        return cores.Count > 0 ? cores : throw new InvalidDataException("/proc/stat names no cores.");
    }

    /// <summary>The interfaces that count, by name, from /proc/net/dev.</summary>
    public static Dictionary<string, InterfaceTotals> ParseInterfaces(string dev, InterfaceFilter filter)
    {
        var interfaces = new Dictionary<string, InterfaceTotals>(StringComparer.Ordinal);
        Span<long> fields = stackalloc long[16];
        foreach (var line in dev.AsSpan().EnumerateLines())
        {
            // The two lines of the header have bars and no colon.
            var colon = line.LastIndexOf(':');
            var name = colon < 0 ? "" : line[..colon].Trim().ToString();
            if (name.Length > 0 && filter.Counts(name))
            {
                ParseNumbers(line[(colon + 1)..], fields, "/proc/net/dev");

                // Received: bytes packets errs drop fifo frame compressed multicast; transmitted: the same at 8.
                interfaces[name] = new(fields[0], fields[1], fields[8], fields[9], fields[3] + fields[11]);
            }
        }

        return interfaces;
    }

    /// <summary>Memory in use, percent, from /proc/meminfo.</summary>
    public static double ParseMemoryUsed(string meminfo)
    {
        var total = Field(meminfo, "MemTotal:");

        // Kernels before 3.14 do not say what is available: then what can be given back is a fair stand-in.
        var available = Field(meminfo, "MemAvailable:")
            ?? Field(meminfo, "MemFree:") + Field(meminfo, "Buffers:") + Field(meminfo, "Cached:");
        return total > 0 && available is { } free
            ? Math.Clamp(100.0 * (total.Value - free) / total.Value, 0, 100)
            : throw new InvalidDataException("/proc/meminfo has no MemTotal or no MemAvailable.");
    }

    /// <summary>Sockets in use, from the texts of /proc/net/sockstat and sockstat6.</summary>
    public static long ParseSockets(string sockstat, string? sockstat6)
    {
        return InUse(sockstat, "TCP:") + InUse(sockstat, "UDP:")
            + (sockstat6 is null ? 0 : InUse(sockstat6, "TCP6:") + InUse(sockstat6, "UDP6:"));

        static long InUse(string text, string protocol) => Field(text, $"{protocol} inuse") ?? 0;
    }

    /// <summary>TCP connections opened by either side since the start, from /proc/net/snmp.</summary>
    public static long ParseConnectionsOpened(string snmp)
    {
        string[]? names = null;
        foreach (var line in snmp.Split('\n'))
        {
            if (!line.StartsWith("Tcp: ", StringComparison.Ordinal))
            {
                continue;
            }

            var fields = line.Split(' ', StringSplitOptions.TrimEntries);
            if (names is null)
            {
                names = fields;
                continue;
            }

            return Number("ActiveOpens") + Number("PassiveOpens");

            long Number(string name) => Array.IndexOf(names, name) is >= 0 and var at && at < fields.Length
                ? Parse(fields[at], "/proc/net/snmp")
                : throw new InvalidDataException($"/proc/net/snmp has no {name}.");
        }

        throw new InvalidDataException("/proc/net/snmp says nothing of Tcp.");
    }

    public static long ParseCount(string text, string file) => Parse(text.AsSpan().Trim(), file);

    private static long? Field(string text, string name)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.StartsWith(name, StringComparison.Ordinal))
            {
                var rest = line[name.Length..].TrimStart();
                var end = rest.IndexOf(' ');
                return Parse(end < 0 ? rest : rest[..end], name);
            }
        }

        return null;
    }

    // Fields that an old kernel does not have are 0.
    private static void ParseNumbers(ReadOnlySpan<char> text, Span<long> numbers, string file)
    {
        numbers.Clear();
        var count = 0;
        foreach (var range in text.Split(' '))
        {
            if (text[range] is [_, ..] field && count < numbers.Length)
            {
                numbers[count++] = Parse(field, file);
            }
        }
    }

    // Counters are unsigned in the kernel; one that is above 2^63 is taken as it would continue from there.
    private static long Parse(ReadOnlySpan<char> text, string file) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? unchecked((long)number)
            : throw new InvalidDataException($"{file} has '{text}' where a number belongs.");
}
