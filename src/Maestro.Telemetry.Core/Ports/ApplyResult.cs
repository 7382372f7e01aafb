namespace Maestro.Telemetry.Ports;

/// <summary>How the Orchestrator took a change.</summary>
/// <param name="Reason">The outcome in a sentence.</param>
public sealed record ApplyResult(ApplyOutcome Outcome, string Reason)
{
    public bool Done => Outcome is ApplyOutcome.Applied or ApplyOutcome.AlreadyDone;
}
