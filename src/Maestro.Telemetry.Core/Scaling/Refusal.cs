namespace Maestro.Telemetry.Scaling;

/// <summary>Why something is not done. The sentence is the second half of one: it follows a colon.</summary>
internal sealed record Refusal(ReasonCode Reason, string Sentence);
