using System.Collections.Immutable;

namespace Maestro.Telemetry.Scaling;

/// <summary>
/// Holds a level that demand came to although no forecast had thought it possible: what surprises once may come again,
/// and the model does not know of it yet.
/// </summary>
internal static class SurgeHold
{
    private static readonly TimeSpan Shortest = TimeSpan.FromHours(1);

    /// <summary>So many times as far above the median as the highest quantile: one sample in a hundred is above that by right.</summary>
    private const double Surprise = 1.5;

    /// <summary>The level to hold now; null when there is none.</summary>
    public static Surge? Of(PlannerInput input, GroupState state)
    {
        var memory = input.Memory.Groups.GetValueOrDefault(state.Id.Value);
        var held = memory?.Surge is { } surge && surge.Until > input.Now ? surge : null;
        if (memory is null || state.Verdict.Use == TelemetryUse.FloorsOnly || state.Outlook is not { } outlook)
        {
            return held;
        }

        // The demand is the worse of the last two intervals, so it is held against what was thought of both.
        var judged = memory.Expected.Where(e => e.Time <= input.Now && input.Now - e.Time < outlook.Step * 3).ToList();
        var measured = DesiredCapacity.MeasuredUnits(input, state);
        return judged.Count > 0 && measured > judged.Max(e => e.Units) && measured >= (held?.Units ?? 0)
            ? new(measured, input.Now + Shortest + (state.LeadTime * 2))
            : held;
    }

    /// <summary>What the newest forecast thinks possible in the interval that comes next, beside what was thought before.</summary>
    public static ImmutableArray<WantedAt> Next(PlannerInput input, GroupState state)
    {
        var before = input.Memory.Groups.GetValueOrDefault(state.Id.Value)?.Expected ?? [];
        if (state.Outlook is not { } outlook)
        {
            return before;
        }

        var middle = outlook.Quantile(0, 0.5);
        var next = new WantedAt(
            outlook.Start, middle + (Surprise * (outlook.Quantile(0, outlook.Levels[^1]) - middle)));
        return
        [
            .. before.Where(e => e.Time < next.Time && input.Now - e.Time < outlook.Step * 4),
            .. before.Where(e => e.Time == next.Time).DefaultIfEmpty(next).Take(1),
        ];
    }
}
