namespace Maestro.Telemetry.Scaling;

/// <summary>Where a command is between proposal and verified outcome.</summary>
public enum CommandState
{
    /// <summary>Waits for an approval (mode recommend), or is only shown (mode observe).</summary>
    Proposed,

    /// <summary>May be sent.</summary>
    Approved,

    /// <summary>Being sent: after a restart, read before trying again.</summary>
    Applying,

    /// <summary>The Orchestrator has applied it; the SGM is followed until it serves (or is free).</summary>
    Applied,

    /// <summary>End: the SGM serves where it should, or is free.</summary>
    Verified,

    /// <summary>End: refused by the Orchestrator, or the SGM did not get there in time.</summary>
    Failed,

    /// <summary>End: an operator said no.</summary>
    Rejected,

    /// <summary>End: nobody answered in time, or the plan no longer holds.</summary>
    Expired,
}
