using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Receivers.Skyline;

namespace Maestro.Telemetry.Server.Receivers.Assembly;

/// <summary>A series of an SGM, and its place in the SGM's rows.</summary>
internal sealed class SeriesSlot(int index, MappingRule rule, CoreId core, string part)
{
    private static readonly TimeSpan LongestGap = TimeSpan.FromMinutes(15);

    private (long TimeMs, double Total)? _last;
    private (long TimeMs, double Total)? _before;

    public int Index => index;

    public MappingRule Rule => rule;

    public CoreId Core => core;

    /// <summary>What tells it apart from the series it is combined with.</summary>
    public string Part => part;

    /// <summary>The number of the newest closed row that had it; below zero when none had.</summary>
    public int LastSeen { get; set; } = -SgmRows.Memory;

    /// <summary>
    /// The rate up to this point of a counter; null when there is none. The newest point again gives the same again.
    /// </summary>
    public double? RateAt(long timeMs, double total)
    {
        if (_last is { } last && timeMs > last.TimeMs)
        {
            (_before, _last) = (last, (timeMs, total));
        }
        else if (_last is null)
        {
            _last = (timeMs, total);
        }
        else if (timeMs != _last.Value.TimeMs)
        {
            return null;
        }

        // After a reset the total is smaller; what came in between nobody knows.
        return _before is { } before && total >= before.Total && timeMs - before.TimeMs <= LongestGap.TotalMilliseconds
            ? (total - before.Total) * 1_000 / (timeMs - before.TimeMs)
            : null;
    }
}
