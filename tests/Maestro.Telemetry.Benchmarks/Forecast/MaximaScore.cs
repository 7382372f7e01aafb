namespace Maestro.Telemetry.Benchmarks.Forecast;

/// <summary>How the quantile of the maximum over windows of one case did.</summary>
/// <param name="Loss">Sum of the pinball losses over the scale of the case.</param>
internal sealed record MaximaScore(string Group, string Series, int Minutes, int Windows, int Covered, double Loss);
