namespace Maestro.Telemetry.Ports;

/// <summary>How the Orchestrator took a change.</summary>
public enum ApplyOutcome
{
    /// <summary>Set and applied now.</summary>
    Applied,

    /// <summary>The deployed topology was already as wanted.</summary>
    AlreadyDone,

    /// <summary>Somebody else's changes are staged; an apply would deploy them too. Nothing was changed.</summary>
    RefusedForeignPending,

    /// <summary>The SGM is not where the change expects it. Nothing was changed.</summary>
    RefusedOutOfDate,

    /// <summary>The Orchestrator said no. The reason has its words.</summary>
    RefusedByOrchestrator,
}
