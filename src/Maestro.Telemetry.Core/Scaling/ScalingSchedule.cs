namespace Maestro.Telemetry.Scaling;

/// <summary>A floor that holds every week on the given days between two local times. State, not an edge.</summary>
public sealed record ScalingSchedule
{
    /// <summary>For records and messages.</summary>
    public required string Name { get; init; }

    /// <summary>Members to have at least while it holds; at least 1.</summary>
    public required int Minimum { get; init; }

    public required IReadOnlyList<DayOfWeek> Days { get; init; }

    /// <summary>Local time at which the capacity must serve.</summary>
    public required TimeOnly From { get; init; }

    /// <summary>Local time of the end, exclusive; at or before <see cref="From"/> means the next day.</summary>
    public required TimeOnly To { get; init; }

    public required TimeZoneInfo Zone { get; init; }
}
