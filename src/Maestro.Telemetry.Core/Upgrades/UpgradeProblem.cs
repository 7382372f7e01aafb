namespace Maestro.Telemetry.Upgrades;

/// <summary>Why no upgrade may begin, whatever the demand.</summary>
/// <param name="Rule">The rule of the fabric, for example S15, or the planner's reason, for example FORECAST_UNTRUSTED.</param>
/// <param name="Sentence">What was found and what to do.</param>
public sealed record UpgradeProblem(string Rule, string Sentence);
