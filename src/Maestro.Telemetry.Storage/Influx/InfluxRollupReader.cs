using System.Globalization;
using System.Runtime.CompilerServices;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>Reads roll-ups: those that are stored, and in their place those of minutes that still grow.</summary>
internal sealed class InfluxRollupReader(InfluxClient client, RollupQuery query)
{
    private readonly int[] _metrics = [.. query.Metrics.Select(MetricColumns.IndexOf)];
    private readonly Dictionary<(GatewaySerial Serial, int Group), ReadRollup> _minuteRows = [];
    private readonly List<ReadRollup> _sorted = [];
    private RollupColumns? _columns;

    private long FromMs => FirstMinuteMs(query.From);

    private long ToMs => FirstMinuteMs(query.To);

    /// <summary>What of the minutes in hand the query asks for, in order of time.</summary>
    public List<ReadRollup> Overlay(IEnumerable<MinuteState> minutes)
    {
        var overlay = new List<ReadRollup>();
        var rollups = new Rollup[MetricColumns.Count];
        foreach (var minute in minutes)
        {
            var ms = minute.Minute * RollupKey.MsPerMinute;
            if (ms < FromMs || ms >= ToMs || (query.Serial ?? minute.Sgm.Serial) != minute.Sgm.Serial)
            {
                continue;
            }

            foreach (var tags in minute.Series.Where(t => (query.Group?.Value ?? t.Group) == t.Group))
            {
                var rows = minute.RollUp(tags, rollups);
                overlay.Add(new ReadRollup(ms, tags.Serial, tags.Group, rows, [.. _metrics.Select(m => rollups[m])]));
            }
        }

        overlay.Sort((x, y) => x.Ms.CompareTo(y.Ms));
        return overlay;
    }

    public async IAsyncEnumerable<RollupRow> ReadAsync(
        List<ReadRollup> overlay, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (FromMs >= ToMs)
        {
            yield break;
        }

        var next = 0;
        var current = -1L;
        await using var rows = await client.QueryAsync(Statement(), "ms", cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            _columns = RollupColumns.Of(rows.Series, _columns, _metrics);
            var row = _columns.Read(rows);
            if (row.Ms != current)
            {
                foreach (var ready in Finish(overlay, ref next, row.Ms))
                {
                    yield return ready;
                }

                current = row.Ms;
            }

            Put(row);
        }

        foreach (var ready in Finish(overlay, ref next, long.MaxValue))
        {
            yield return ready;
        }
    }

    /// <summary>Everything before a time, complete and in order.</summary>
    private List<RollupRow> Finish(List<ReadRollup> overlay, ref int next, long beforeMs)
    {
        var ready = new List<RollupRow>();
        var stored = _minuteRows.Count == 0 ? long.MaxValue : _minuteRows.Values.First().Ms;
        while (next < overlay.Count && overlay[next].Ms < beforeMs)
        {
            var ms = Math.Min(stored, overlay[next].Ms);
            if (ms == stored)
            {
                stored = long.MaxValue;
            }

            for (; next < overlay.Count && overlay[next].Ms == ms; next++)
            {
                Replace(overlay[next]);
            }

            Drain(ready);
        }

        Drain(ready);
        return ready;
    }

    // What was stored since the look at the minutes in hand has more rows than they had.
    private void Replace(ReadRollup fresh)
    {
        var key = (fresh.Serial, fresh.Group);
        if (!_minuteRows.TryGetValue(key, out var stored) || stored.Rows <= fresh.Rows)
        {
            _minuteRows[key] = fresh;
        }
    }

    // An SGM that was at two sites in one minute has two series for it.
    private void Put(ReadRollup row)
    {
        var key = (row.Serial, row.Group);
        if (_minuteRows.TryGetValue(key, out var other))
        {
            RollupAccumulator.Merge(row.Values, other.Values);
            row = row with { Rows = row.Rows + other.Rows };
        }

        _minuteRows[key] = row;
    }

    private void Drain(List<RollupRow> ready)
    {
        _sorted.Clear();
        _sorted.AddRange(_minuteRows.Values);
        _minuteRows.Clear();
        _sorted.Sort(static (x, y) =>
        {
            var order = string.CompareOrdinal(x.Serial.Value, y.Serial.Value);
            return order != 0 ? order : x.Group.CompareTo(y.Group);
        });
        foreach (var row in _sorted)
        {
            ready.Add(new RollupRow(
                DateTimeOffset.FromUnixTimeMilliseconds(row.Ms),
                row.Serial,
                row.Group == 0 ? null : new SecurityGroupId(row.Group),
                row.Values));
        }
    }

    private string Statement()
    {
        var conditions = InfluxQl.Between(FromMs, ToMs);
        if (query.Group is { } group)
        {
            var text = group.Value.ToString(CultureInfo.InvariantCulture);
            conditions += $" AND {InfluxQl.Name(Measurements.Group)} = {InfluxQl.Text(text)}";
        }

        if (query.Serial is { } serial)
        {
            var text = InfluxQl.Text(TagText.Encode(serial.Value));
            conditions += $" AND {InfluxQl.Name(Measurements.Serial)} = {text}";
        }

        return $"SELECT {RollupColumns.Selection(query)} FROM {Measurements.Rollups} WHERE {conditions}";
    }

    private static long FirstMinuteMs(DateTimeOffset time)
    {
        var ms = InfluxQl.CeilingMs(time);
        return (ms + RollupKey.MsPerMinute - 1) / RollupKey.MsPerMinute * RollupKey.MsPerMinute;
    }
}
