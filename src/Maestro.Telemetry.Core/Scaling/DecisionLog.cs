namespace Maestro.Telemetry.Scaling;

/// <summary>
/// Which decision records are worth writing: the first of a group, each that says something else than the last written
/// one, and one from time to time, so that it is known that the planner still looked.
/// </summary>
public static class DecisionLog
{
    /// <summary>True when the next record is to be written.</summary>
    /// <param name="last">The last written record of the group; null when it is not known.</param>
    /// <param name="next">The record of this cycle.</param>
    /// <param name="now">The time of this cycle.</param>
    /// <param name="heartbeat">The longest time between two records.</param>
    public static bool IsDue(DecisionRecord? last, DecisionRecord next, DateTimeOffset now, TimeSpan heartbeat)
    {
        ArgumentNullException.ThrowIfNull(next);

        // After the clock was set back the last record lies ahead: without a new one, it would stay in force till then.
        return last is null || now < last.Time || now - last.Time >= heartbeat || !IsSame(last, next);
    }

    /// <summary>
    /// True when two records of a group say the same: action, reason, SGM, other group, size wanted, brakes, modes and
    /// policy. Their numbers may differ.
    /// </summary>
    public static bool IsSame(DecisionRecord one, DecisionRecord other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return one.Action == other.Action
            && one.Reason == other.Reason
            && one.Serial == other.Serial
            && one.OtherGroup == other.OtherGroup
            && one.Desired == other.Desired
            && one.ModeOut == other.ModeOut
            && one.ModeIn == other.ModeIn
            && one.PolicyVersion == other.PolicyVersion
            && one.Lost?.Serial == other.Lost?.Serial
            && one.Lost?.Winner == other.Lost?.Winner
            && BrakesOf(one).SetEquals(BrakesOf(other));
    }

    private static HashSet<string> BrakesOf(DecisionRecord record) =>
        [.. record.Steps.Select(s => s.Rule).Where(ReasonCodes.IsBrake)];
}
