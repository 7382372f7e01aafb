using System.Runtime.CompilerServices;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>What the writer works out once per batch.</summary>
internal struct PreparedBatch
{
    /// <summary>The place of each of the batch's columns among <see cref="MetricColumns"/>.</summary>
    public ColumnMap Columns;

    /// <summary>A bit for each metric that the batch has.</summary>
    public int Present;

    /// <summary>When the newest row that was new was taken, in ms; below 0 when none was.</summary>
    public long Newest;

    public required int Gateway { get; init; }

    public required int Group { get; init; }

    public required int Layout { get; init; }

    /// <summary>The number of the batch's first row among all rows of the transaction.</summary>
    public required int FirstRow { get; init; }

    /// <summary>Columns per row.</summary>
    public int Width { get; private set; }

    public void MapColumns(IReadOnlyList<MetricId> metrics)
    {
        Width = metrics.Count;
        for (var i = 0; i < metrics.Count; i++)
        {
            var index = MetricColumns.IndexOf(metrics[i]);
            Columns[i] = index;
            Present |= 1 << index;
        }
    }

    [InlineArray(16)]
    public struct ColumnMap
    {
        private int _first;
    }
}
