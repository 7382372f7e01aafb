namespace Maestro.Telemetry.Forecasting.Replay;

/// <summary>
/// How good the forecasts of a group were at the lead time; in shares of its mean demand where not said otherwise.
/// </summary>
public sealed record ForecastQuality
{
    public required string Group { get; init; }

    /// <summary>Forecasts that could be held against what followed.</summary>
    public required int Count { get; init; }

    /// <summary>Share of the maxima over the lead window at or below their .95 quantile, in percent.</summary>
    public required double MaximumCoverage95Percent { get; init; }

    /// <summary>Pinball loss of the maximum over the lead window by level.</summary>
    public required IReadOnlyDictionary<string, double> Pinball { get; init; }

    /// <summary>Mean width between the .1 and the .9 quantile at the lead time.</summary>
    public required double Width80 { get; init; }

    /// <summary>Mean of |y − median| at the lead time over that of |y − y a day before|.</summary>
    public required double Mase { get; init; }

    /// <summary>Mean of median − y at the lead time.</summary>
    public required double Bias { get; init; }
}
