namespace Maestro.Telemetry.Forecasting.Calibration;

/// <summary>
/// When unusual values are an alert: so many of the newest ones outside, all on the same side. One value alone may be a
/// slip; several are not: with the defaults, chance alone gives one alert in some hundred thousand values.
/// </summary>
public sealed record AnomalyRule
{
    /// <summary>Values that must be outside.</summary>
    /// <value>The default is 3; at least 1.</value>
    public int Outside { get; init; } = 3;

    /// <summary>Of so many newest known values.</summary>
    /// <value>The default is 5; at least <see cref="Outside"/>.</value>
    public int Of { get; init; } = 5;

    /// <summary>The score beyond which a value is outside.</summary>
    /// <value>The default is 2.576: outside of 99 %.</value>
    public double Limit { get; init; } = 2.576;

    /// <summary>True when the scores are an alert.</summary>
    /// <param name="scores">Scores of known values, oldest first.</param>
    public bool IsAlert(ReadOnlySpan<double> scores)
    {
        var newest = scores[Math.Max(0, scores.Length - Of)..];
        var (above, below) = (0, 0);
        foreach (var score in newest)
        {
            above += score > Limit ? 1 : 0;
            below += score < -Limit ? 1 : 0;
        }

        return above >= Outside || below >= Outside;
    }
}
