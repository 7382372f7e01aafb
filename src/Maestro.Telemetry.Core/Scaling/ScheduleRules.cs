namespace Maestro.Telemetry.Scaling;

/// <summary>When the floors of schedules hold. A schedule is a state, not an edge: a missed cycle misses nothing.</summary>
internal static class ScheduleRules
{
    /// <summary>The schedule with the highest floor that holds at any time in [from, to]; null when none does.</summary>
    public static ScalingSchedule? Highest(IEnumerable<ScalingSchedule> schedules, DateTimeOffset from, DateTimeOffset to) =>
        schedules
            .Where(s => HoldsWithin(s, from, to))
            .OrderByDescending(s => s.Minimum)
            .ThenBy(s => s.Name, StringComparer.Ordinal)
            .FirstOrDefault();

    /// <summary>True when the floor holds at any time in [from, to].</summary>
    public static bool HoldsWithin(ScalingSchedule schedule, DateTimeOffset from, DateTimeOffset to)
    {
        var first = LocalDate(schedule, from).AddDays(-1);
        var last = LocalDate(schedule, to);
        for (var date = first; date <= last; date = date.AddDays(1))
        {
            if (!schedule.Days.Contains(date.DayOfWeek))
            {
                continue;
            }

            var endDate = schedule.To <= schedule.From ? date.AddDays(1) : date;
            var start = Begin(date.ToDateTime(schedule.From), schedule.Zone);
            var end = End(endDate.ToDateTime(schedule.To), schedule.Zone);
            if (start <= to && from < end)
            {
                return true;
            }
        }

        return false;
    }

    private static DateOnly LocalDate(ScalingSchedule schedule, DateTimeOffset time) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, schedule.Zone).DateTime);

    // A local time that occurs twice begins with the first and ends with the second, so the floor is never too short.
    private static DateTimeOffset Begin(DateTime local, TimeZoneInfo zone) =>
        zone.IsAmbiguousTime(local)
            ? new DateTimeOffset(local, zone.GetAmbiguousTimeOffsets(local).Max())
            : Plain(local, zone);

    private static DateTimeOffset End(DateTime local, TimeZoneInfo zone) =>
        zone.IsAmbiguousTime(local)
            ? new DateTimeOffset(local, zone.GetAmbiguousTimeOffsets(local).Min())
            : Plain(local, zone);

    // A local time that the clock skips is read with the offset from before the skip: the instant is the same as an
    // equally long time after the last valid minute.
    private static DateTimeOffset Plain(DateTime local, TimeZoneInfo zone) =>
        zone.IsInvalidTime(local)
            ? new DateTimeOffset(local, zone.GetUtcOffset(local.AddDays(-1)))
            : new DateTimeOffset(local, zone.GetUtcOffset(local));
}
