namespace Maestro.Telemetry.Scaling;

/// <summary>One rule's effect on the number of units.</summary>
/// <param name="Rule">The rule's name, for example GROUP_MAX.</param>
/// <param name="In">Units before it.</param>
/// <param name="Out">Units after it.</param>
/// <param name="Note">Detail, when there is some.</param>
public sealed record DecisionStep(string Rule, double In, double Out, string? Note = null);
