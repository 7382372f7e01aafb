using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Scaling.Guards;

/// <summary>What operators have stopped, by direction, group and site.</summary>
internal static class Pauses
{
    /// <summary>Why nothing at all is changed in the group; null when something may be.</summary>
    public static Refusal? Stop(PlannerInput input, SecurityGroupId id) =>
        Find(input, p => p.Site is null && Covers(p, id) && p.Direction == PauseDirection.Both);

    /// <summary>Why the group is not changed in one direction, on any site; null when it may be.</summary>
    public static Refusal? Why(PlannerInput input, SecurityGroupId id, PauseDirection direction) =>
        Find(input, p => p.Site is null && Covers(p, id) && Includes(p, direction));

    /// <summary>The same for one site, whatever the group.</summary>
    public static Refusal? Why(PlannerInput input, SiteId site, PauseDirection direction) =>
        Find(input, p => p.Site == site && Includes(p, direction));

    private static bool Covers(PauseRecord pause, SecurityGroupId id) => pause.Group is null || pause.Group == id;

    private static bool Includes(PauseRecord pause, PauseDirection direction) =>
        pause.Direction == PauseDirection.Both || pause.Direction == direction;

    private static Refusal? Find(PlannerInput input, Func<PauseRecord, bool> matches)
    {
        var pause = input.Pauses
            .Where(p => p.HoldsAt(input.Now) && matches(p))
            .OrderBy(p => p.Direction)
            .ThenBy(p => p.Group)
            .ThenBy(p => p.Site)
            .ThenBy(p => p.Since)
            .FirstOrDefault();
        if (pause is null)
        {
            return null;
        }

        var reason = pause.Direction switch
        {
            PauseDirection.Out => ReasonCode.PausedOut,
            PauseDirection.In => ReasonCode.PausedIn,
            _ => ReasonCode.Paused,
        };
        var end = pause.Until is { } until ? $"until {Words.Clock(until)}" : "until somebody resumes it";
        return new(reason, $"{pause.Actor} paused {pause.Scope} {end} ({pause.Reason})");
    }
}
