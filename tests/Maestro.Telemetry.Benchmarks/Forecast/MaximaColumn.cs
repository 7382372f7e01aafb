namespace Maestro.Telemetry.Benchmarks.Forecast;

/// <summary>The .95 quantile of the maximum over windows of one length.</summary>
/// <param name="Loss">Pinball loss over the scale.</param>
internal sealed record MaximaColumn(string Group, int Minutes, int Windows, double Coverage, double Loss);
