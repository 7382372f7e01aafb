namespace Maestro.Telemetry.Scaling;

/// <summary>What a schedule does while it holds.</summary>
public enum ScheduleKind
{
    /// <summary>The group has at least so many SGMs.</summary>
    Floor,

    /// <summary>The group gets no more than so many SGMs.</summary>
    Ceiling,

    /// <summary>A floor and a ceiling of the same height.</summary>
    Exact,

    /// <summary>Nothing of the group is changed.</summary>
    Freeze,

    /// <summary>SGMs may be removed and moved away; outside all windows of the group they may not.</summary>
    Window,
}
