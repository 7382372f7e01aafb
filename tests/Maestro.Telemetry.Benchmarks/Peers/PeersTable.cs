using System.Text;
using static System.FormattableString;

namespace Maestro.Telemetry.Benchmarks.Peers;

/// <summary>The results as people read them.</summary>
internal static class PeersTable
{
    public static string Print(IReadOnlyList<PeerResult> results, PeersSettings settings)
    {
        var text = new StringBuilder();
        text.AppendLine("                                            CPU s per 1M values          full load ms   bytes/      paced      ack ms    peak   against baseline");
        text.AppendLine("                                  values/s  to ack  settled  behind      p50      p99    value     rows/s    p50    p99     MiB     CPU   speed");
        foreach (var r in results)
        {
            var behind = r.BehindCpuSecondsPerMillionValues is { } b ? Invariant($"{b:F3}") : "";
            text.Append(Invariant($"{r.Name,-30}{r.ValuesPerSecond,12:N0}{r.CpuSecondsPerMillionValues,8:F3}"))
                .Append(Invariant($"{r.SettledCpuSecondsPerMillionValues,9:F3}{behind,8}{r.FullLoadP50Ms,9:F1}{r.FullLoadP99Ms,9:F1}"))
                .Append(Invariant($"{r.BytesPerValue,9:F2}{r.PacedRowsPerSecond,11:N0}{r.AckP50Ms,7:F1}{r.AckP99Ms,7:F1}"))
                .Append(Invariant($"{r.PeakMemoryMb,8:F0}{Ratio(r.CpuAgainstBaseline),8}{Ratio(r.SpeedAgainstBaseline),8}"))
                .AppendLine();
        }

        Memory(text, results);
        InFront(text, results);
        foreach (var r in results.Where(r => r.StoredValues != r.SentValues))
        {
            text.AppendLine(Invariant($"{r.Name} has {r.StoredValues:N0} of the {r.SentValues:N0} values that it acknowledged."));
        }

        if (results.All(r => r.Name != settings.Baseline))
        {
            text.AppendLine($"The baseline {settings.Baseline} was not measured.");
        }

        return text.ToString();
    }

    private static void Memory(StringBuilder text, IReadOnlyList<PeerResult> results)
    {
        foreach (var r in results.Where(r => r.Streams.Count > 0))
        {
            var parts = r.Streams.Select(s => Invariant(
                $"{s.Streams:N0} open: {s.ResidentMb:F0} MiB resident, {s.PeakMb:F0} at most"));
            text.AppendLine($"{r.Name}: streams {string.Join("; ", parts)}.");
        }
    }

    /// <summary>What ours costs in front of InfluxDB, against what InfluxDB itself costs for the same values.</summary>
    private static void InFront(StringBuilder text, IReadOnlyList<PeerResult> results)
    {
        foreach (var r in results)
        {
            if (r.BehindCpuSecondsPerMillionValues is not { } behind)
            {
                continue;
            }

            var direct = results.FirstOrDefault(d => d.Name == r.Name.Replace("maestro-", "", StringComparison.Ordinal));
            text.Append(Invariant($"{r.Name}: our own CPU is {r.SettledCpuSecondsPerMillionValues / behind:P0} of that of InfluxDB behind it"));
            text.AppendLine(direct is null ? "." : Invariant(
                $", {r.SettledCpuSecondsPerMillionValues / direct.SettledCpuSecondsPerMillionValues:P0} of that of InfluxDB written to directly."));
        }
    }

    private static string Ratio(double? ratio) => ratio is { } value ? Invariant($"{value:F2}x") : "";
}
