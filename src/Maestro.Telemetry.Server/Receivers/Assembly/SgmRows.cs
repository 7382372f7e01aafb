using System.Runtime.InteropServices;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Receivers.Skyline;

namespace Maestro.Telemetry.Server.Receivers.Assembly;

/// <summary>The series of an SGM, and its rows that may still get points. Not safe for concurrent use.</summary>
internal sealed class SgmRows(GatewaySerial serial)
{
    /// <summary>A series is expected in a row when one of so many rows before had it.</summary>
    public const int Memory = 3;

    private readonly Dictionary<(MappingRule Rule, CoreId Core, string Part), SeriesSlot> _slots = [];
    private readonly List<SeriesSlot> _ordered = [];
    private readonly SortedList<long, OpenRow> _rows = [];
    private IReadOnlyList<CoreId> _cores = [];
    private int _closed;

    public GatewaySerial Serial => serial;

    public ReadOnlySpan<SeriesSlot> Slots => CollectionsMarshal.AsSpan(_ordered);

    /// <summary>In order of time.</summary>
    public IList<OpenRow> Rows => _rows.Values;

    /// <summary>The slot of a series; null when the SGM has too many.</summary>
    public SeriesSlot? SlotOf(MappingRule rule, CoreId core, string part, int limit)
    {
        var key = (rule, core, part);
        if (_slots.TryGetValue(key, out var slot))
        {
            return slot;
        }

        if (_ordered.Count >= limit)
        {
            if (_rows.Count > 0)
            {
                return null;
            }

            // Series come and go, for example with interfaces; what is still sent comes back.
            _slots.Clear();
            _ordered.Clear();
        }

        slot = new SeriesSlot(_ordered.Count, rule, core, part);
        _slots.Add(key, slot);
        _ordered.Add(slot);
        return slot;
    }

    /// <summary>These cores in the list that the row before had, when they are the same.</summary>
    public IReadOnlyList<CoreId> OneListOf(List<CoreId> cores)
    {
        if (cores.Count == 0)
        {
            return [];
        }

        return _cores = cores.SequenceEqual(_cores) ? _cores : cores;
    }

    public OpenRow? Find(long timeMs) => _rows.GetValueOrDefault(timeMs);

    public OpenRow Open(long timeMs)
    {
        var row = new OpenRow(this, timeMs);
        _rows.Add(timeMs, row);
        return row;
    }

    /// <summary>Whether a row should have this series, going by the rows before.</summary>
    public bool IsExpected(SeriesSlot slot) => _closed - slot.LastSeen < Memory;

    /// <summary>The row gets no more points; what it had is expected of those to come.</summary>
    public void Close(OpenRow row)
    {
        _closed++;
        foreach (var slot in _ordered)
        {
            if (row.Has(slot))
            {
                slot.LastSeen = _closed;
            }
        }

        _rows.Remove(row.TimeMs);
    }
}
