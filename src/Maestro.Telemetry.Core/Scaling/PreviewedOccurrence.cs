namespace Maestro.Telemetry.Scaling;

/// <summary>One time at which a schedule will hold, and what comes of it.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="Start">The first moment, in the schedule's zone.</param>
/// <param name="End">The first moment after it, in the schedule's zone.</param>
/// <param name="OrderFrom">When the planner begins to order SGMs for it, if they are not there; null of what asks for none.</param>
/// <param name="Notes">What is unusual about it, a sentence each.</param>
public sealed record PreviewedOccurrence(
    ScalingSchedule Schedule,
    DateTimeOffset Start,
    DateTimeOffset End,
    DateTimeOffset? OrderFrom,
    IReadOnlyList<string> Notes);
