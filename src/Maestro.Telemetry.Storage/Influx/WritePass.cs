using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>
/// One write: tells each row's fate by the rows of its minute, and makes the lines of what is new. The first value of a
/// row's metric stays, as does its group; a server would let the last one win.
/// </summary>
internal sealed class WritePass(MinuteBook book, LineBuffer lines)
{
    // Half of what the recovery of a process that was killed looks at.
    private const long DeferredMinutes = Recovery.CheckedMinutes / 2;

    private readonly List<MinuteState> _touched = [];
    private readonly List<(GatewaySerial Serial, long TimeMs)> _new = [];
    private readonly List<int> _addedCores = [];
    private long _number;

    /// <summary>The minutes that rows came to.</summary>
    public IReadOnlyList<MinuteState> Touched => _touched;

    /// <summary>The minutes that are over now and have roll-ups to be stored.</summary>
    public HashSet<MinuteState> Closed { get; } = [];

    /// <summary>The rows that were new.</summary>
    public IReadOnlyList<(GatewaySerial Serial, long TimeMs)> New => _new;

    /// <summary>Roll-ups that did not exist before.</summary>
    public int NewRollups { get; private set; }

    /// <summary>Takes all rows. Minutes that must be loaded were.</summary>
    /// <param name="uncertain">Rows of writes that failed: they may be stored, and nobody was told.</param>
    public StoreResult Take(
        IReadOnlyList<SampleBatch> batches, HashSet<(GatewaySerial, long)> uncertain, long nowTicks)
    {
        lines.Clear();
        _touched.Clear();
        _new.Clear();
        Closed.Clear();
        NewRollups = 0;
        _number++;
        var (stored, merged, duplicates) = (0L, 0L, 0L);
        foreach (var batch in batches)
        {
            var sgm = book.Sgm(batch.Serial);
            var prepared = default(PreparedBatch);
            prepared.MapColumns(batch.Metrics);
            var tags = sgm.TagsNow(batch.Group?.Value ?? 0);
            for (var row = 0; row < batch.Rows; row++)
            {
                var fate = Take(batch, in prepared, sgm, tags, row, nowTicks);
                if (fate != RowFate.Stored && uncertain.Count > 0
                    && uncertain.Remove((batch.Serial, batch.TimestampsMs.Span[row])))
                {
                    // Stored by a write of which nobody was told: it counts now, once.
                    _new.Add((batch.Serial, batch.TimestampsMs.Span[row]));
                    fate = RowFate.Stored;
                }

                stored += fate == RowFate.Stored ? 1 : 0;
                merged += fate == RowFate.Merged ? 1 : 0;
                duplicates += fate == RowFate.Duplicate ? 1 : 0;
            }
        }

        return new StoreResult(stored, merged, duplicates);
    }

    private RowFate Take(
        SampleBatch batch, in PreparedBatch prepared, SgmState sgm, SeriesTags tags, int row, long nowTicks)
    {
        var time = batch.TimestampsMs.Span[row];
        var minute = Minute(sgm, time / RollupKey.MsPerMinute, nowTicks);
        var known = minute.Find(time);
        if (known < 0)
        {
            NewRollups += minute.Add(time, tags) ? 1 : 0;
            minute.IsDirty = true;
            _new.Add((sgm.Serial, time));
            WriteLine(minute, minute.Count - 1, batch, in prepared, row, prepared.Present, withGroup: true);
            return RowFate.Stored;
        }

        var added = prepared.Present & ~minute.Present(known);
        if (added == 0 && !HasNewCores(minute, known, batch))
        {
            return RowFate.Duplicate;
        }

        minute.IsDirty |= added != 0;
        if (added != 0 && minute.Minute < sgm.NewestMinute)
        {
            // The count of rows is as before: a later process would not see that the roll-up is behind.
            Closed.Add(minute);
        }

        WriteLine(minute, known, batch, in prepared, row, added, withGroup: false);
        return RowFate.Merged;
    }

    private MinuteState Minute(SgmState sgm, long number, long nowTicks)
    {
        var minute = book.Find(sgm, number) ?? book.Add(sgm, number);
        if (minute.LastWrite != _number)
        {
            minute.LastWrite = _number;
            minute.LastTouched = nowTicks;
            _touched.Add(minute);
            if (number > sgm.NewestMinute)
            {
                if (book.Find(sgm, sgm.NewestMinute) is { } before)
                {
                    Closed.Add(before);
                }

                sgm.NewestMinute = number;
                book.NewestMinute = Math.Max(book.NewestMinute, number);
            }
            else if (number < sgm.NewestMinute)
            {
                TakeLate(minute);
            }
        }

        return minute;
    }

    /// <summary>
    /// Late rows come minute after minute, in many writes each: a roll-up is stored when rows come to another late minute
    /// of the SGM, or no more come. Of what is older, a process that is killed would leave it behind.
    /// </summary>
    private void TakeLate(MinuteState minute)
    {
        var sgm = minute.Sgm;
        if (sgm.LateMinute != minute.Minute && book.Find(sgm, sgm.LateMinute) is { } before)
        {
            Closed.Add(before);
        }

        sgm.LateMinute = minute.Minute;
        if (minute.Minute <= book.NewestMinute - DeferredMinutes)
        {
            Closed.Add(minute);
        }
    }

    private static bool HasNewCores(MinuteState minute, int known, SampleBatch batch)
    {
        foreach (var core in batch.Cores)
        {
            if (!minute.HasCore(known, core))
            {
                return true;
            }
        }

        return false;
    }

    private void WriteLine(
        MinuteState minute, int known, SampleBatch batch, in PreparedBatch prepared, int row, int added, bool withGroup)
    {
        var tags = minute.Tags(known);
        lines.Append(tags.SampleLine);
        var isFirst = true;
        if (withGroup)
        {
            lines.Append(tags.GroupField);
            isFirst = false;
        }

        var values = batch.Values.Span.Slice(row * prepared.Width, prepared.Width);
        for (var i = 0; i < values.Length; i++)
        {
            var metric = prepared.Columns[i];
            if ((added & (1 << metric)) != 0)
            {
                Separate(ref isFirst);
                lines.Append(Measurements.MetricFields[metric]);
                lines.AppendFloat(values[i]);
                minute.Set(known, metric, values[i]);
            }
        }

        if (batch.Cores.Count > 0)
        {
            WriteCores(minute, known, batch, row, ref isFirst);
        }

        lines.Append((byte)' ');
        lines.AppendNumber(batch.TimestampsMs.Span[row]);
        lines.EndLine();
    }

    private void WriteCores(MinuteState minute, int known, SampleBatch batch, int row, ref bool isFirst)
    {
        _addedCores.Clear();
        var values = batch.CoreValues.Span.Slice(row * batch.Cores.Count, batch.Cores.Count);
        for (var i = 0; i < values.Length; i++)
        {
            if (!minute.HasCore(known, batch.Cores[i]))
            {
                _addedCores.Add(i);
                Separate(ref isFirst);
                lines.Append(CoreFields.Of(batch.Cores[i]));
                lines.AppendFloat(Math.Round(values[i], 2));
            }
        }

        if (_addedCores.Count > 0)
        {
            minute.AddCores(
                known,
                _addedCores.Count == values.Length ? batch.Cores : [.. _addedCores.Select(i => batch.Cores[i])]);
        }
    }

    private void Separate(ref bool isFirst)
    {
        if (!isFirst)
        {
            lines.Append((byte)',');
        }

        isFirst = false;
    }

    private enum RowFate
    {
        Stored,
        Merged,
        Duplicate,
    }
}
