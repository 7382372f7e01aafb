namespace Maestro.Telemetry.Forecasting.Runways;

/// <summary>When demand reaches a limit, and how sure that is. Values are in the unit of the series.</summary>
public sealed record RunwayEstimate
{
    public required RunwayStatus Status { get; init; }

    /// <summary>Whole weeks that were known.</summary>
    public required int Weeks { get; init; }

    /// <summary>Whole weeks that are needed.</summary>
    public required int WeeksNeeded { get; init; }

    /// <summary>How far ahead so much history tells; zero when there is too little.</summary>
    public TimeSpan TellsAhead { get; init; }

    /// <summary>The usual peak of a week now, on the line of growth; NaN when that is not known.</summary>
    public double Level { get; init; } = double.NaN;

    /// <summary>Growth of the weekly peak per week; NaN when that is not known.</summary>
    public double PerWeek { get; init; } = double.NaN;

    /// <summary>The interval of the growth.</summary>
    public double PerWeekLow { get; init; } = double.NaN;

    /// <inheritdoc cref="PerWeekLow"/>
    public double PerWeekHigh { get; init; } = double.NaN;

    /// <summary>The end of the first week whose usual peak is at the limit; null when there is none to tell.</summary>
    public DateTimeOffset? Reaches { get; init; }

    /// <summary>The beginning of the interval around it; null when even that is too far away.</summary>
    public DateTimeOffset? Earliest { get; init; }

    /// <summary>Its end; null when it may be never, or too far away.</summary>
    public DateTimeOffset? Latest { get; init; }
}
