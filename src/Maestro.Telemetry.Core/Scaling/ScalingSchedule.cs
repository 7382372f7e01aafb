namespace Maestro.Telemetry.Scaling;

/// <summary>
/// What holds every week on the given days between two local times, or once between two local moments. State, not an
/// edge: a missed cycle misses nothing.
/// </summary>
public sealed record ScalingSchedule
{
    /// <summary>For records and messages.</summary>
    public required string Name { get; init; }

    public ScheduleKind Kind { get; init; }

    /// <summary>Members to have at least while it holds, of a floor; at least 1.</summary>
    public int Minimum { get; init; } = 1;

    /// <summary>Members to have at most while it holds, of a ceiling.</summary>
    public int Maximum { get; init; } = int.MaxValue;

    /// <summary>The days on which it begins, when it holds every week.</summary>
    public IReadOnlyList<DayOfWeek> Days { get; init; } = [];

    /// <summary>Local time at which it begins; a floor's capacity must serve by then.</summary>
    public TimeOnly From { get; init; }

    /// <summary>Local time of the end, exclusive; at or before <see cref="From"/> means the next day.</summary>
    public TimeOnly To { get; init; }

    /// <summary>The local moment at which it begins, when it holds once; null when it holds every week.</summary>
    public DateTime? Start { get; init; }

    /// <summary>The local moment of the end, exclusive; with <see cref="Start"/>.</summary>
    public DateTime? End { get; init; }

    public required TimeZoneInfo Zone { get; init; }

    /// <summary>True when a freeze lets a group above its hard limit grow all the same.</summary>
    public bool AllowEmergency { get; init; }

    public bool IsFloor => Kind is ScheduleKind.Floor or ScheduleKind.Exact;

    public bool IsCeiling => Kind is ScheduleKind.Ceiling or ScheduleKind.Exact;
}
