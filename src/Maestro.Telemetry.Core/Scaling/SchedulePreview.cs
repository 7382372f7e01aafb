using static System.FormattableString;

namespace Maestro.Telemetry.Scaling;

/// <summary>What the schedules of a group will do, told before they do it.</summary>
public static class SchedulePreview
{
    /// <summary>The next times of each schedule, in the order of the policy; one that has begun is the first.</summary>
    /// <param name="policy">The policy of the group.</param>
    /// <param name="from">Occurrences that end later than this.</param>
    /// <param name="count">How many of each schedule at most.</param>
    /// <param name="leadTime">How long before its start a floor is seen to; null for the lead time of the policy.</param>
    public static IReadOnlyList<PreviewedOccurrence> Of(
        ScalingPolicy policy, DateTimeOffset from, int count, TimeSpan? leadTime = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var lead = (leadTime ?? policy.LeadTime) + PlannerRules.Guard;
        return
        [
            .. policy.Schedules.SelectMany(schedule => ScheduleRules.Next(schedule, from, count)
                .Select(occurrence => Preview(policy, schedule, occurrence, lead))),
        ];
    }

    private static PreviewedOccurrence Preview(
        ScalingPolicy policy, ScalingSchedule schedule, ScheduleOccurrence occurrence, TimeSpan lead)
    {
        DateTimeOffset? order = schedule.IsFloor && schedule.Minimum > policy.Minimum ? occurrence.Start - lead : null;
        return new(
            schedule,
            TimeZoneInfo.ConvertTime(occurrence.Start, schedule.Zone),
            TimeZoneInfo.ConvertTime(occurrence.End, schedule.Zone),
            order,
            [.. ClockNotes(schedule, occurrence), .. Conflicts(policy, schedule, occurrence, order)]);
    }

    private static IEnumerable<string> ClockNotes(ScalingSchedule schedule, ScheduleOccurrence occurrence)
    {
        var (start, end) = (At(occurrence.Start), At(occurrence.End));
        var wanted = schedule.Start?.TimeOfDay ?? schedule.From.ToTimeSpan();
        if (start.TimeOfDay != wanted)
        {
            yield return Invariant($"the clock skips {wanted:hh\\:mm} on that day: it begins at {start:HH:mm}");
        }

        var change = end.Offset - start.Offset;
        if (change != TimeSpan.Zero)
        {
            yield return Invariant($"the clock is set {(change > TimeSpan.Zero ? "forward" : "back")} within it: it lasts ")
                + Invariant($"{(occurrence.End - occurrence.Start).TotalHours:0.##} h");
        }

        DateTimeOffset At(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, schedule.Zone);
    }

    private static IEnumerable<string> Conflicts(
        ScalingPolicy policy, ScalingSchedule schedule, ScheduleOccurrence occurrence, DateTimeOffset? order)
    {
        foreach (var other in policy.Schedules.Where(other => other != schedule))
        {
            if (order is { } begins && other.Kind == ScheduleKind.Freeze
                && Holds(other, new(begins, occurrence.End)) is { } freeze)
            {
                yield return freeze.Start <= begins && freeze.End > begins
                    ? Invariant($"{other.Name} forbids every change until {freeze.End.UtcDateTime:yyyy-MM-dd HH:mm} UTC, so ")
                        + (freeze.End > occurrence.Start ? "that SGMs come late" : "that they are ordered only then and come late")
                    : Invariant($"{other.Name} forbids every change from {freeze.Start.UtcDateTime:yyyy-MM-dd HH:mm} UTC: what ")
                        + "was not ordered before stays away";
            }

            if (schedule.IsFloor && other.IsCeiling && other.Maximum < schedule.Minimum && Holds(other, occurrence) is not null)
            {
                yield return Invariant($"it asks for {schedule.Minimum} SGMs while {other.Name} allows {other.Maximum}: the floor wins");
            }

            if (schedule.IsFloor && other.IsFloor && Holds(other, occurrence) is not null
                && (other.Minimum > schedule.Minimum))
            {
                yield return Invariant($"{other.Name} asks for more at that time, {other.Minimum} SGMs");
            }
        }

        if (schedule.IsCeiling && schedule.Maximum < policy.Minimum)
        {
            yield return Invariant($"it allows {schedule.Maximum} SGMs, below the group's minimum of {policy.Minimum}: the minimum wins");
        }
    }

    /// <summary>When a schedule first holds within a time; null when it does not.</summary>
    private static ScheduleOccurrence? Holds(ScalingSchedule schedule, ScheduleOccurrence within) =>
        ScheduleRules.Next(schedule, within.Start, 1) is [var first, ..] && first.Overlaps(within) ? first : null;
}
