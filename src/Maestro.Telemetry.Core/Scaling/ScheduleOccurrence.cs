namespace Maestro.Telemetry.Scaling;

/// <summary>One time at which a schedule holds.</summary>
/// <param name="Start">The first moment.</param>
/// <param name="End">The first moment after it.</param>
public readonly record struct ScheduleOccurrence(DateTimeOffset Start, DateTimeOffset End)
{
    public bool Overlaps(ScheduleOccurrence other) => Start < other.End && other.Start < End;
}
