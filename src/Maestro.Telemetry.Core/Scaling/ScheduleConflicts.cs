namespace Maestro.Telemetry.Scaling;

/// <summary>Schedules of one group that cannot be kept together.</summary>
public static class ScheduleConflicts
{
    private const int WeeklyOccurrences = 8;

    /// <summary>Each conflict with the two schedules, in a sentence; empty when there is none.</summary>
    /// <param name="schedules">Of one group.</param>
    /// <param name="minimum">The group's minimum.</param>
    /// <param name="from">From when on it is looked; two weeks are enough for what holds every week.</param>
    public static IReadOnlyList<string> Find(
        IReadOnlyList<ScalingSchedule> schedules, int minimum, DateTimeOffset from)
    {
        ArgumentNullException.ThrowIfNull(schedules);
        var conflicts = new List<string>();
        foreach (var ceiling in schedules.Where(s => s.IsCeiling))
        {
            if (ceiling.Maximum < minimum)
            {
                conflicts.Add($"{ceiling.Name} allows {ceiling.Maximum} SGMs, below the group's minimum of {minimum}");
            }

            conflicts.AddRange(schedules
                .Where(floor => floor.IsFloor && floor != ceiling && floor.Minimum > ceiling.Maximum
                    && Overlap(floor, ceiling, from))
                .Select(floor =>
                    $"{floor.Name} asks for {floor.Minimum} SGMs while {ceiling.Name} allows {ceiling.Maximum}"));
        }

        return conflicts;
    }

    private static bool Overlap(ScalingSchedule one, ScalingSchedule other, DateTimeOffset from)
    {
        var first = Occurrences(one, other, from);
        var second = Occurrences(other, one, from);
        return first.Any(a => second.Any(a.Overlaps));
    }

    // Beside one that holds once, a weekly one is looked at around that time.
    private static IReadOnlyList<ScheduleOccurrence> Occurrences(
        ScalingSchedule schedule, ScalingSchedule beside, DateTimeOffset from)
    {
        var start = beside.Start is not null && ScheduleRules.Next(beside, DateTimeOffset.MinValue, 1) is [var once, ..]
            ? once.Start
            : from;
        var count = schedule.Start is null ? Math.Max(1, schedule.Days.Count) * WeeklyOccurrences : 1;
        return ScheduleRules.Next(schedule, schedule.Start is null ? start : DateTimeOffset.MinValue, count);
    }
}
