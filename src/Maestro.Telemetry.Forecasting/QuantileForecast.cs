namespace Maestro.Telemetry.Forecasting;

/// <summary>Quantiles of the coming steps.</summary>
/// <param name="Levels">Quantile levels, ascending.</param>
/// <param name="Marginal">Quantiles of each step's value: row-major, steps × levels.</param>
/// <param name="PathMaximum">
/// Quantiles of the maximum from the first step up to and including each: row-major, steps × levels.
/// Never below <paramref name="Marginal"/> at the same level, and never falling from step to step.
/// </param>
public sealed record QuantileForecast(IReadOnlyList<double> Levels, double[] Marginal, double[] PathMaximum)
{
    public int Steps => Levels.Count == 0 ? 0 : Marginal.Length / Levels.Count;

    public double MarginalAt(int step, int level) => Marginal[(step * Levels.Count) + level];

    public double PathMaximumAt(int step, int level) => PathMaximum[(step * Levels.Count) + level];
}
