namespace Maestro.Telemetry.Scaling;

/// <summary>A removal or move that was not sent yet and is called off.</summary>
/// <param name="Id">The command.</param>
/// <param name="Reason">
/// <see cref="ReasonCode.RemovalRecalled"/> when the group needs the SGM again, else the rule that forbids it by now.
/// </param>
/// <param name="Sentence">Why, to follow a colon.</param>
public sealed record Withdrawal(string Id, ReasonCode Reason, string Sentence);
