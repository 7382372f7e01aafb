using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>
/// Lines of roll-ups, made anew from all rows of their minute and written over what is stored: the same again is the
/// same, and whatever was interrupted is mended by the next time.
/// </summary>
internal static class RollupLines
{
    public static void Append(LineBuffer lines, MinuteState minute)
    {
        Span<Rollup> rollups = new Rollup[MetricColumns.Count];
        foreach (var tags in minute.Series)
        {
            var rows = minute.RollUp(tags, rollups);
            lines.Append(tags.RollupLine);
            lines.AppendInteger(rows);
            for (var i = 0; i < rollups.Length; i++)
            {
                AppendMetric(lines, i, in rollups[i], isCountNeeded: minute.WasRolledUp || rollups[i].Count != rows);
            }

            lines.Append((byte)' ');
            lines.AppendNumber(minute.Minute * RollupKey.MsPerMinute);
            lines.EndLine();
        }
    }

    /// <summary>A roll-up as it is; nothing when it holds no sample.</summary>
    /// <param name="isNew">Whether no roll-up of the minute is stored.</param>
    public static void Append(
        LineBuffer lines,
        SeriesTags tags,
        IReadOnlyList<MetricId> metrics,
        RollupRow row,
        string precision,
        bool isNew = false)
    {
        var rows = row.Values.Max(static v => v.Count);
        if (rows == 0)
        {
            return;
        }

        lines.Append(tags.RollupLine);
        lines.AppendInteger(rows);
        for (var i = 0; i < metrics.Count; i++)
        {
            var value = row.Values[i];
            AppendMetric(lines, MetricColumns.IndexOf(metrics[i]), in value, isCountNeeded: !isNew || value.Count != rows);
        }

        lines.Append((byte)' ');
        lines.AppendNumber(row.Minute.ToUnixTimeMilliseconds() * (precision == "ns" ? 1_000_000 : 1));
        lines.EndLine();
    }

    // A count is mostly that of the rows and left out. A stored field cannot be taken away again, so that over a stored
    // roll-up all are written.
    private static void AppendMetric(LineBuffer lines, int metric, in Rollup rollup, bool isCountNeeded)
    {
        if (rollup.Count == 0)
        {
            return;
        }

        Field(Measurements.MinFields, rollup.Min);
        Field(Measurements.MaxFields, rollup.Max);
        Field(Measurements.SumFields, rollup.Sum);
        if (isCountNeeded)
        {
            lines.Append((byte)',');
            lines.Append(Measurements.CountFields[metric]);
            lines.AppendInteger(rollup.Count);
        }

        void Field(byte[][] names, double value)
        {
            lines.Append((byte)',');
            lines.Append(names[metric]);
            lines.AppendFloat(value);
        }
    }
}
