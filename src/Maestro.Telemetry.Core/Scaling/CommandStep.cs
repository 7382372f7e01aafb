namespace Maestro.Telemetry.Scaling;

/// <summary>One entry in a command's history.</summary>
/// <param name="Actor">Who did it: an operator's name, or "autoscaler".</param>
/// <param name="Note">What happened, in a sentence, without secrets.</param>
public sealed record CommandStep(DateTimeOffset Time, CommandState State, string Actor, string Note);
