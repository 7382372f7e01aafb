using System.Text.Json.Serialization;
using Maestro.Telemetry.Forecasting.Metrics;

namespace Maestro.Telemetry.Forecasting.Gate;

/// <summary>What some past windows showed, added up.</summary>
/// <param name="Windows">Windows without gaps.</param>
/// <param name="Covered">Windows whose maximum was at or below the quantile.</param>
/// <param name="Model">Pinball loss of the model.</param>
/// <param name="Naive">Pinball loss of seasonal-naive.</param>
/// <param name="Peaks">The maxima.</param>
/// <param name="Margin">How far the quantiles were above the maxima.</param>
internal readonly record struct GateSums(
    int Windows, int Covered, double Model, double Naive, double Peaks, double Margin)
{
    [JsonIgnore]
    public double Coverage => (double)Covered / Windows;

    /// <summary>Pinball loss of the model over that of seasonal-naive; 1 when neither ever missed.</summary>
    [JsonIgnore]
    public double Skill => Naive > 0 ? Model / Naive : Model > 0 ? double.PositiveInfinity : 1;

    /// <summary>The model's pinball loss as a share of the demand.</summary>
    [JsonIgnore]
    public double RelativeLoss => Peaks > 0 ? Model / Peaks : Model > 0 ? double.PositiveInfinity : 0;

    /// <summary>How far the quantile was above what happened, as a share of the demand.</summary>
    [JsonIgnore]
    public double RelativeMargin => Peaks > 0 ? Margin / Peaks : 0;

    public static GateSums operator +(GateSums a, GateSums b) => new(
        a.Windows + b.Windows,
        a.Covered + b.Covered,
        a.Model + b.Model,
        a.Naive + b.Naive,
        a.Peaks + b.Peaks,
        a.Margin + b.Margin);

    /// <summary>One window.</summary>
    public static GateSums Of(double peak, double model, double naive, double level) => new(
        1,
        Metrics.Coverage.Holds(peak, model) ? 1 : 0,
        Pinball.Loss(peak, model, level),
        Pinball.Loss(peak, naive, level),
        peak,
        model - peak);
}
