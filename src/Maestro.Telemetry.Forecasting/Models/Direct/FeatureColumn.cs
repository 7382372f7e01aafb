namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>Where a feature is read from.</summary>
/// <param name="Track">The row of numbers.</param>
/// <param name="Period">
/// Read at the newest moment that is whole periods before the target and known at the origin; 0: at the origin.
/// </param>
/// <param name="Lead">Steps after a moment until its value on the track is known.</param>
/// <param name="Kind">What the numbers mean.</param>
internal readonly record struct FeatureColumn(Track Track, int Period, int Lead, FeatureKind Kind)
{
    public static FeatureColumn AtOrigin(Track track, FeatureKind kind) => new(track, 0, 0, kind);

    /// <summary>Steps from the origin to where the feature is read; never above 0.</summary>
    public int Offset(int horizon) => Period == 0
        ? 0
        : horizon - (Period * ((horizon + Lead + Period - 1) / Period));

    /// <summary>The feature in the units of the series; NaN when not known.</summary>
    /// <param name="at">The index on the track; nothing is known before its beginning.</param>
    /// <param name="level">The base.</param>
    public double Read(int at, double level) => at < 0 ? 0 : Kind switch
    {
        FeatureKind.Level => Track[at] - level,
        FeatureKind.Difference => Track[at],
        _ => Track[at] * level,
    };
}
