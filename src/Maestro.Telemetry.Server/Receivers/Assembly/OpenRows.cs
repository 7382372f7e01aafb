using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Receivers.Skyline;

namespace Maestro.Telemetry.Server.Receivers.Assembly;

/// <summary>The rows of all SGMs that may still get points. Not safe for concurrent use.</summary>
internal sealed class OpenRows(int maxSeriesPerSgm)
{
    private const int MaxRowsPerSgm = 256;

    private readonly Dictionary<GatewaySerial, SgmRows> _sgms = [];

    public int Count { get; private set; }

    /// <summary>Those of which this is true, as they are now.</summary>
    public List<OpenRow> Find(Predicate<OpenRow> isWanted)
    {
        var found = new List<OpenRow>();
        foreach (var sgm in _sgms.Values)
        {
            var rows = sgm.Rows;
            for (var i = 0; i < rows.Count; i++)
            {
                if (isWanted(rows[i]))
                {
                    found.Add(rows[i]);
                }
            }
        }

        return found;
    }

    /// <summary>The place of a series in the rows of an SGM; null when the SGM has too many.</summary>
    public (SgmRows Sgm, SeriesSlot Slot)? SlotOf(GatewaySerial serial, MappingRule rule, CoreId core, string part)
    {
        if (!_sgms.TryGetValue(serial, out var sgm))
        {
            _sgms.Add(serial, sgm = new SgmRows(serial));
        }

        return sgm.SlotOf(rule, core, part, maxSeriesPerSgm) is { } slot ? (sgm, slot) : null;
    }

    /// <summary>The row of a time, which is opened when it is not there.</summary>
    /// <param name="sgm">The SGM.</param>
    /// <param name="timeMs">The time.</param>
    /// <param name="close">Closes the oldest row of an SGM that has as many as it may have.</param>
    public OpenRow FindOrOpen(SgmRows sgm, long timeMs, Action<OpenRow> close)
    {
        if (sgm.Find(timeMs) is { } row)
        {
            return row;
        }

        if (sgm.Rows is { Count: >= MaxRowsPerSgm } rows)
        {
            close(rows[0]);
        }

        Count++;
        return sgm.Open(timeMs);
    }

    public void Close(OpenRow row)
    {
        row.Sgm.Close(row);
        Count--;
    }
}
