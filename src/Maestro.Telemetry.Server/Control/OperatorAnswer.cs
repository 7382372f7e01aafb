using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Server.Control;

/// <summary>What came of an operator's action.</summary>
/// <param name="Command">The command it was about; null when there is none of that id.</param>
/// <param name="Problem">Why it was not done, in a sentence; null when it was.</param>
internal sealed record OperatorAnswer(ScalingCommand? Command, string? Problem);
