using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Scaling;

/// <summary>The forecast that a decision rests on.</summary>
public sealed record ForecastFacts
{
    /// <summary>The resource whose forecast it is: that of the binding term if it has one, else the first.</summary>
    public required Resource Resource { get; init; }

    public required string Model { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>The skill gate's verdict in a sentence.</summary>
    public required string Verdict { get; init; }

    /// <summary>Loss over that of seasonal-naive, below 1 is better; null when not measured yet.</summary>
    public double? Skill { get; init; }

    /// <summary>Share of window maxima at or below their forecast quantile, 0 to 1; null when not measured yet.</summary>
    public double? Coverage { get; init; }

    /// <summary>The share of demand that the policy wants served: the level of <see cref="UpperUnits"/>.</summary>
    public required double Level { get; init; }

    /// <summary>Reference SGMs needed at the peak by the median, the worst resource.</summary>
    public required double MedianUnits { get; init; }

    /// <summary>The same by the quantile of <see cref="Level"/>.</summary>
    public required double UpperUnits { get; init; }

    /// <summary>When the most is needed, from now to two hours after an SGM ordered now serves.</summary>
    public required DateTimeOffset PeakAt { get; init; }
}
