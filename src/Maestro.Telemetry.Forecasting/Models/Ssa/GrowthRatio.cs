namespace Maestro.Telemetry.Forecasting.Models.Ssa;

/// <summary>How much a component may grow over a time.</summary>
/// <param name="TimeSpan">The time, in steps; at least 1.</param>
/// <param name="Growth">The factor over that time; at least 0.</param>
public readonly record struct GrowthRatio(int TimeSpan, double Growth)
{
    /// <summary>No growth.</summary>
    public static GrowthRatio None { get; } = new(1, 1);

    /// <summary>The factor over one step.</summary>
    public double PerStep => Math.Pow(Growth, 1.0 / TimeSpan);
}
