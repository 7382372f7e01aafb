namespace Maestro.Telemetry.Forecasting.Seasons;

/// <summary>What counts as a season.</summary>
public sealed record PeriodOptions
{
    /// <summary>About how often noise without any season may be said to have one.</summary>
    /// <value>The default is 0.001; in (0, 1).</value>
    public double Significance
    {
        get;
        init => field = value is > 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Must be in (0, 1).");
    } = 0.001;

    /// <summary>
    /// The least <see cref="DetectedPeriod.Strength"/> that is worth a season. One over twice the number of cycles is
    /// added to it: a few cycles are alike by chance.
    /// </summary>
    /// <value>The default is 0.08; from 0 to below 1.</value>
    public double LeastStrength
    {
        get;
        init => field = value is >= 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Must be in [0, 1).");
    } = 0.08;

    /// <summary>At most this many periods are looked for.</summary>
    /// <value>The default is 4; at least 1.</value>
    public int MostPeriods
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "At least 1.");
    } = 4;

    /// <summary>
    /// Steps in a day, when that is known: lengths that clocks have (a week, a day, an hour, …) are then taken before
    /// others that fit about as well. 0 when unknown.
    /// </summary>
    public int StepsPerDay
    {
        get;
        init => field = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Must not be negative.");
    }
}
