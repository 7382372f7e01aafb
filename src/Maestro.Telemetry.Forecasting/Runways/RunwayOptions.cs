namespace Maestro.Telemetry.Forecasting.Runways;

/// <summary>How a runway is estimated.</summary>
public sealed record RunwayOptions
{
    /// <summary>Whole weeks that are needed before anything is said.</summary>
    /// <value>The default is 6; at least 4.</value>
    public int FewestWeeks { get; init; } = 6;

    /// <summary>Share of a week's hours that must be known for the week to count.</summary>
    /// <value>The default is 0.8; in (0, 1].</value>
    public double NeededShare { get; init; } = 0.8;

    /// <summary>The quantile of a week's hours that is its peak, so that a lone hour does not make it.</summary>
    /// <value>The default is 0.98, about the fourth busiest hour; in (0, 1].</value>
    public double Peak { get; init; } = 0.98;

    /// <summary>Share of the interval around the date and the growth.</summary>
    /// <value>The default is 0.9; in (0, 1).</value>
    public double Confidence { get; init; } = 0.9;

    /// <summary>Nothing is said of what is further away.</summary>
    /// <value>The default is five years.</value>
    public TimeSpan Farthest { get; init; } = TimeSpan.FromDays(5 * 365);

    /// <summary>Nor of what is so many times further away than the history is long.</summary>
    /// <value>The default is 10.</value>
    public double FarthestTimes { get; init; } = 10;

    /// <summary>How often the bootstrap draws; the same seed draws the same.</summary>
    /// <value>The default is 1,000.</value>
    public int Draws { get; init; } = 1_000;

    public ulong Seed { get; init; } = 1;
}
