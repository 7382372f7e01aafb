using System.Diagnostics;
using System.Globalization;

namespace Maestro.Telemetry.Benchmarks.Ingest;

/// <summary>What a process has cost so far, as the kernel counts it.</summary>
internal sealed class MeasuredProcess(Process process)
{
    /// <summary>CPU time that it has used since its start.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>The memory that it has resident, in MiB.</summary>
    public double ResidentMb => Status("VmRSS:");

    /// <summary>The most memory that it had resident, in MiB.</summary>
    public double PeakMemoryMb => Status("VmHWM:");

    private double Status(string field)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(l => l.StartsWith(field, StringComparison.Ordinal));
        var number = line.AsSpan(field.Length).Trim().TrimEnd("kB").Trim();
        return double.Parse(number, CultureInfo.InvariantCulture) / 1_024;
    }
}
