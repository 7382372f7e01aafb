using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Agent;

/// <summary>
/// Measures the Linux host that it runs on. Rates are over the time between two readings, so that the first reading
/// gives no row; nor does one after which a counter is smaller than before, because a driver or a core was started
/// again. Concurrent connections are those of the connection tracking, or the sockets in use where there is none. New
/// connections are the TCP connections that this host opened or accepted: what it only forwards is not in them. A core
/// that goes offline counts as idle in its own column and not at all in the mean; one that comes later counts in the
/// mean and the busiest, and has no column of its own until the source is made anew.
/// </summary>
public sealed class LinuxHostSource : IMetricSource
{
    private const string Conntrack = "sys/net/netfilter/nf_conntrack_count";

    // The kernel's account of waiting for a disk may go back by a little; more than a second of it is a restart.
    private const long IdleSlack = 100;

    private readonly LinuxHostSourceOptions _options;
    private readonly TimeProvider _time;
    private readonly Func<string, string?> _read;
    private readonly InterfaceFilter _filter;
    private readonly int[] _cores;
    private readonly bool _hasConntrack;
    private HostReading? _last;

    /// <param name="options">Where and what to read.</param>
    /// <param name="time">The clock that rates are over; that of the wall may jump, its ticks may not.</param>
    /// <param name="read">The text of a file, null when there is none; by default from the file system.</param>
    /// <exception cref="InvalidDataException">A file is missing or is not what Linux writes.</exception>
    public LinuxHostSource(LinuxHostSourceOptions options, TimeProvider time, Func<string, string?>? read = null)
    {
        (_options, _time, _read) = (options, time, read ?? ReadFile);
        _filter = new(options.Interfaces);
        _cores = [.. ProcFiles.ParseCores(Read("stat")).Keys.Order()];
        _hasConntrack = TryRead(Conntrack) is not null;
        Columns = MakeColumns();
        if (options.Interfaces.Count > 0 && ReadCounters().Interfaces.Count == 0)
        {
            var present = ProcFiles.ParseInterfaces(Read("net/dev"), new(["*"])).Keys;
            throw new InvalidDataException(
                $"Interfaces is {string.Join(", ", options.Interfaces)}, but this host has only "
                    + $"{string.Join(", ", present)}; name at least one of these.");
        }
    }

    public IReadOnlyList<Column> Columns { get; }

    /// <exception cref="IOException">A file could not be read.</exception>
    /// <exception cref="InvalidDataException">A file is missing or is not what Linux writes.</exception>
    public ValueTask<bool> ReadAsync(DateTimeOffset now, Memory<double> row, CancellationToken cancellationToken)
    {
        var reading = ReadCounters();
        var last = Interlocked.Exchange(ref _last, reading);
        return ValueTask.FromResult(last is not null && TryFill(last, reading, row.Span));
    }

    private static string? ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static bool TryGetBusy(CoreTicks before, CoreTicks now, out double percent)
    {
        var busy = now.Busy - before.Busy;
        var idle = now.Idle - before.Idle;
        var total = busy + Math.Max(0, idle);
        percent = total > 0 ? 100.0 * busy / total : 0;
        return busy >= 0 && idle >= -IdleSlack;
    }

    private List<Column> MakeColumns() =>
    [
        new() { Metric = Metric.CpuMean },
        new() { Metric = Metric.CpuBusiestCore },
        new() { Metric = Metric.MemoryUsed },
        new() { Metric = Metric.ConcurrentConnections },
        new() { Metric = Metric.ConnectionsRate },
        new() { Metric = Metric.ReceivedBitsRate },
        new() { Metric = Metric.TransmittedBitsRate },
        new() { Metric = Metric.ReceivedPacketsRate },
        new() { Metric = Metric.TransmittedPacketsRate },
        new() { Metric = Metric.DroppedPacketsRate },
        new() { Metric = Metric.MemberState },
        .. _cores.Select(core => new Column
        {
            Metric = Metric.CpuCoreBusy,
            Core = (uint)core,
            CoreType = _options.CoreTypes.GetValueOrDefault(core, CoreType.Other),
        }),
    ];

    private bool TryFill(HostReading before, HostReading now, Span<double> row)
    {
        var seconds = _time.GetElapsedTime(before.At, now.At).TotalSeconds;
        if (seconds <= 0
            || now.ConnectionsOpened < before.ConnectionsOpened
            || !TryFillCores(before, now, row)
            || !TryGetTraffic(before, now, out var traffic))
        {
            return false;
        }

        row[2] = ProcFiles.ParseMemoryUsed(Read("meminfo"));
        row[3] = _hasConntrack
            ? ProcFiles.ParseCount(Read(Conntrack), Conntrack)
            : ProcFiles.ParseSockets(Read("net/sockstat"), TryRead("net/sockstat6"));
        row[4] = (now.ConnectionsOpened - before.ConnectionsOpened) / seconds;
        row[5] = traffic.ReceivedBytes * 8 / seconds;
        row[6] = traffic.TransmittedBytes * 8 / seconds;
        row[7] = traffic.ReceivedPackets / seconds;
        row[8] = traffic.TransmittedPackets / seconds;
        row[9] = traffic.Drops / seconds;
        row[10] = (double)MemberState.Active;
        return true;
    }

    private bool TryFillCores(HostReading before, HostReading now, Span<double> row)
    {
        var (sum, busiest, count) = (0.0, 0.0, 0);
        foreach (var (core, ticks) in now.Cores)
        {
            if (before.Cores.TryGetValue(core, out var earlier))
            {
                if (!TryGetBusy(earlier, ticks, out var busy))
                {
                    return false;
                }

                (sum, busiest, count) = (sum + busy, Math.Max(busiest, busy), count + 1);
            }
        }

        (row[0], row[1]) = (count > 0 ? sum / count : 0, busiest);
        for (var i = 0; i < _cores.Length; i++)
        {
            var measured = now.Cores.TryGetValue(_cores[i], out var ticks)
                & before.Cores.TryGetValue(_cores[i], out var earlier);
            row[11 + i] = measured && TryGetBusy(earlier, ticks, out var busy) ? busy : 0;
        }

        return count > 0;
    }

    // An interface that has just come begins to count with the next reading; one that has gone carries nothing.
    private static bool TryGetTraffic(HostReading before, HostReading now, out InterfaceTotals traffic)
    {
        traffic = default;
        foreach (var (name, totals) in now.Interfaces)
        {
            if (before.Interfaces.TryGetValue(name, out var earlier))
            {
                if (!totals.IsAtLeast(earlier))
                {
                    return false;
                }

                traffic += totals - earlier;
            }
        }

        return true;
    }

    private HostReading ReadCounters() => new(
        _time.GetTimestamp(),
        ProcFiles.ParseCores(Read("stat")),
        ProcFiles.ParseInterfaces(Read("net/dev"), _filter),
        ProcFiles.ParseConnectionsOpened(Read("net/snmp")));

    private string Read(string file) => TryRead(file)
        ?? throw new InvalidDataException(
            $"{_options.ProcRoot}/{file} is missing; run the agent on Linux, with /proc mounted.");

    private string? TryRead(string file) => _read($"{_options.ProcRoot.TrimEnd('/')}/{file}");
}
