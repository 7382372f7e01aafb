namespace Maestro.Telemetry.Scaling;

/// <summary>When schedules hold. A schedule is a state, not an edge: a missed cycle misses nothing.</summary>
public static class ScheduleRules
{
    // From one occurrence of a weekly schedule to the next.
    private const int DaysOfAWeek = 7;

    /// <summary>The schedule with the highest floor that holds at any time in [from, to]; null when none does.</summary>
    public static ScalingSchedule? Highest(IEnumerable<ScalingSchedule> schedules, DateTimeOffset from, DateTimeOffset to) =>
        schedules
            .Where(s => s.IsFloor && HoldsWithin(s, from, to))
            .OrderByDescending(s => s.Minimum)
            .ThenBy(s => s.Name, StringComparer.Ordinal)
            .FirstOrDefault();

    /// <summary>The schedule with the lowest ceiling that holds at that time; null when none does.</summary>
    public static ScalingSchedule? Ceiling(IEnumerable<ScalingSchedule> schedules, DateTimeOffset at) =>
        schedules
            .Where(s => s.IsCeiling && HoldsWithin(s, at, at))
            .OrderBy(s => s.Maximum)
            .ThenBy(s => s.Name, StringComparer.Ordinal)
            .FirstOrDefault();

    /// <summary>The members that the group may have now: by the policy, and by ceilings as far as no floor is above.</summary>
    public static int MaximumOf(ScalingPolicy policy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (Ceiling(policy.Schedules, now) is not { } ceiling)
        {
            return policy.Maximum;
        }

        var floor = Math.Max(policy.Minimum, Highest(policy.Schedules, now, now)?.Minimum ?? 0);
        return Math.Min(policy.Maximum, Math.Max(ceiling.Maximum, floor));
    }

    /// <summary>The freeze that holds at that time; null when none does. One that forbids more comes first.</summary>
    public static ScalingSchedule? Freeze(IEnumerable<ScalingSchedule> schedules, DateTimeOffset at) =>
        schedules
            .Where(s => s.Kind == ScheduleKind.Freeze && HoldsWithin(s, at, at))
            .OrderBy(s => s.AllowEmergency)
            .ThenBy(s => s.Name, StringComparer.Ordinal)
            .FirstOrDefault();

    /// <summary>True when SGMs may be removed and moved away at that time: always, when there is no window.</summary>
    public static bool RemovalsAllowed(IReadOnlyCollection<ScalingSchedule> schedules, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(schedules);
        var windows = schedules.Where(s => s.Kind == ScheduleKind.Window).ToList();
        return windows.Count == 0 || windows.Exists(w => HoldsWithin(w, at, at));
    }

    /// <summary>True when the schedule holds at any time in [from, to].</summary>
    public static bool HoldsWithin(ScalingSchedule schedule, DateTimeOffset from, DateTimeOffset to) =>
        Next(schedule, from, 1) is [var first, ..] && first.Start <= to;

    /// <summary>The next times at which the schedule holds, in order; one that has begun is the first.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="from">Occurrences that end later than this.</param>
    /// <param name="count">How many at most.</param>
    public static IReadOnlyList<ScheduleOccurrence> Next(ScalingSchedule schedule, DateTimeOffset from, int count)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        if (schedule.Start is { } start)
        {
            var once = new ScheduleOccurrence(
                Begin(start, schedule.Zone), EndOf(schedule.End ?? start, schedule.Zone));
            return once.End > from && once.End > once.Start && count > 0 ? [once] : [];
        }

        var found = new List<ScheduleOccurrence>();
        var days = schedule.Days.Distinct().Count();
        if (days == 0)
        {
            return found;
        }

        // Yesterday's may still hold; beyond as many weeks as are asked for there is nothing to find.
        var date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, schedule.Zone).DateTime).AddDays(-1);
        for (var day = 0; found.Count < count && day <= ((count + 1) * DaysOfAWeek) + 1; day++, date = date.AddDays(1))
        {
            if (schedule.Days.Contains(date.DayOfWeek) && OnDay(schedule, date) is var occurrence
                && occurrence.End > from && occurrence.End > occurrence.Start)
            {
                found.Add(occurrence);
            }
        }

        return found;
    }

    private static ScheduleOccurrence OnDay(ScalingSchedule schedule, DateOnly date)
    {
        var endDate = schedule.To <= schedule.From ? date.AddDays(1) : date;
        return new(
            Begin(date.ToDateTime(schedule.From), schedule.Zone),
            EndOf(endDate.ToDateTime(schedule.To), schedule.Zone));
    }

    // A local time that occurs twice begins with the first and ends with the second, so a floor is never too short.
    private static DateTimeOffset Begin(DateTime local, TimeZoneInfo zone) =>
        zone.IsAmbiguousTime(local)
            ? new DateTimeOffset(local, zone.GetAmbiguousTimeOffsets(local).Max())
            : Plain(local, zone);

    private static DateTimeOffset EndOf(DateTime local, TimeZoneInfo zone) =>
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
