using System.Collections.Immutable;

namespace Maestro.Telemetry.Upgrades;

/// <summary>The times on the forecast's grid at which something may be taken out.</summary>
/// <param name="demand">The demand while it is out.</param>
/// <param name="now">Nothing starts earlier.</param>
/// <param name="until">All is back by then.</param>
/// <param name="length">How long it is out.</param>
internal sealed class WindowSearch(WindowDemand demand, DateTimeOffset now, DateTimeOffset until, TimeSpan length)
{
    public TimeSpan Step => demand.Step;

    /// <summary>The earliest safe start at or after a time, and until when it stays safe; null when there is none.</summary>
    /// <param name="isSafe">Whether a start is safe, given the demand in units.</param>
    /// <param name="from">The time.</param>
    public (DateTimeOffset First, DateTimeOffset Last)? Earliest(
        Func<DateTimeOffset, double, bool> isSafe, DateTimeOffset from)
    {
        DateTimeOffset? first = null;
        DateTimeOffset last = default;
        foreach (var start in Starts(from))
        {
            if (isSafe(start, demand.From(start)))
            {
                first ??= start;
                last = start;
            }
            else if (first is not null)
            {
                break;
            }
        }

        return first is { } found ? (found, last) : null;
    }

    /// <summary>All times in which it may be out, from beginning to end.</summary>
    public ImmutableArray<UpgradeWindow> Windows(Func<DateTimeOffset, double, bool> isSafe)
    {
        var windows = ImmutableArray.CreateBuilder<UpgradeWindow>();
        for (var from = now; Earliest(isSafe, from) is { } run; from = run.Last + Step)
        {
            windows.Add(new(run.First, run.Last + length));
        }

        return windows.ToImmutable();
    }

    /// <summary>The start with the lowest demand; null when there is no time at all.</summary>
    public (DateTimeOffset Start, double Demand)? Quietest() => Starts(now)
        .Select(start => ((DateTimeOffset Start, double Demand)?)(start, demand.From(start)))
        .MinBy(found => found!.Value.Demand);

    private IEnumerable<DateTimeOffset> Starts(DateTimeOffset from)
    {
        var earliest = from > now ? from : now;
        var steps = (long)Math.Ceiling((earliest - demand.Start) / demand.Step);
        for (var start = demand.Start + (demand.Step * steps);
            start + length <= until && start + length <= demand.End;
            start += demand.Step)
        {
            yield return start;
        }
    }
}
