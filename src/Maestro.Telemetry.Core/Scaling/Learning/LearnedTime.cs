namespace Maestro.Telemetry.Scaling.Learning;

/// <summary>How long something took, over the changes that ended; newer ones count more.</summary>
/// <param name="Count">Changes that were seen.</param>
/// <param name="Weight">What they count together: each 1 when it is new, and half as much after each 30 days.</param>
/// <param name="P50">The weighted median.</param>
/// <param name="P90">The weighted 90 % quantile.</param>
/// <param name="P99">The weighted 99 % quantile.</param>
public sealed record LearnedTime(int Count, double Weight, TimeSpan P50, TimeSpan P90, TimeSpan P99);
