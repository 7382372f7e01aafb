using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Server.Receivers;

/// <summary>Where each known metric and core stands in a sender's matrix.</summary>
internal sealed class ColumnMap
{
    private const uint MaxCore = 65_535;

    private ColumnMap(
        int width, MetricId[] metrics, int[] metricColumns, CoreId[] cores, int[] coreColumns, uint[] unknown)
    {
        Width = width;
        Metrics = metrics;
        MetricColumns = metricColumns;
        Cores = cores;
        CoreColumns = coreColumns;
        Unknown = unknown;
        Known = [.. metricColumns.Concat(coreColumns).Order()];
    }

    /// <summary>Columns of the sender's matrix, known or not.</summary>
    public int Width { get; }

    public IReadOnlyList<MetricId> Metrics { get; }

    /// <summary>The matrix column of each of <see cref="Metrics"/>.</summary>
    public int[] MetricColumns { get; }

    public IReadOnlyList<CoreId> Cores { get; }

    /// <summary>The matrix column of each of <see cref="Cores"/>.</summary>
    public int[] CoreColumns { get; }

    /// <summary>Columns that no metric is known for.</summary>
    public uint[] Unknown { get; }

    /// <summary>The columns that are known, in the order of the matrix.</summary>
    public int[] Known { get; }

    /// <summary>True when the whole matrix is metrics, so that it can be kept as it came.</summary>
    public bool IsMetricsOnly => Metrics.Count == Width;

    /// <summary>What the values of each of <see cref="Known"/> are held to.</summary>
    public IEnumerable<ColumnRule> Rules() => Known.Select(column =>
    {
        var metric = Array.IndexOf(MetricColumns, column);
        return metric >= 0
            ? ColumnRule.For(Metrics[metric])
            : ColumnRule.For(Cores[Array.IndexOf(CoreColumns, column)]);
    });

    /// <summary>An error in a sentence, or the map.</summary>
    public static string? TryCreate(IReadOnlyList<Column> columns, out ColumnMap map)
    {
        var metrics = new List<MetricId>();
        var metricColumns = new List<int>();
        var cores = new List<CoreId>();
        var coreColumns = new List<int>();
        var unknown = new List<uint>();
        var error = columns.Count == 0 ? "columns is empty; name the metrics that each batch has." : null;
        for (var i = 0; i < columns.Count; i++)
        {
            var column = columns[i];
            var metric = (MetricId)(int)column.Metric;
            if (column.Metric is Metric.CpuCoreBusy)
            {
                if (column.Core > MaxCore)
                {
                    error ??= $"columns has core {column.Core}; a core's number is at most {MaxCore}.";
                }

                if (cores.Exists(c => c.Number == column.Core))
                {
                    error ??= $"columns has core {column.Core} twice; name each core once.";
                }

                cores.Add(new CoreId((int)column.Core, Type(column.CoreType)));
                coreColumns.Add(i);
            }
            else if (!Enum.IsDefined(metric))
            {
                unknown.Add((uint)i);
            }
            else
            {
                if (metrics.Contains(metric))
                {
                    error ??= $"columns has {metric} twice; name each metric once.";
                }

                metrics.Add(metric);
                metricColumns.Add(i);
            }
        }

        map = new ColumnMap(
            columns.Count, [.. metrics], [.. metricColumns], [.. cores], [.. coreColumns], [.. unknown]);
        return error ?? (map.Known.Length == 0
            ? $"columns has {columns.Count} entries, none of which this collector knows; it would have nothing to store."
            : null);
    }

    // A use of cores that a later release knows.
    private static Series.CoreType Type(Protocol.V1.CoreType type) =>
        Enum.IsDefined(type) ? (Series.CoreType)(int)type : Series.CoreType.Other;
}
