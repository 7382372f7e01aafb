namespace Maestro.Telemetry.Scaling;

/// <summary>Why a decision is as it is. Fixed, documented, counted; the names are part of the interface.</summary>
public enum ReasonCode
{
    /// <summary>The group has what it needs.</summary>
    WithinDeadband,

    /// <summary>The forecast asks for more.</summary>
    Predicted,

    /// <summary>Demand now asks for more.</summary>
    Reactive,

    /// <summary>A schedule asks for more.</summary>
    Scheduled,

    /// <summary>The group is below its minimum.</summary>
    GroupMin,

    /// <summary>The group must survive the loss of its spare SGMs.</summary>
    NPlusF,

    /// <summary>The group has more than it needs for long enough.</summary>
    Surplus,

    /// <summary>The group would like more but is at its maximum.</summary>
    GroupMax,

    /// <summary>The group would like more but a site is at its cap.</summary>
    SiteCap,

    /// <summary>No free or spare SGM fits.</summary>
    PoolEmpty,

    /// <summary>Another group of higher priority or greater need got the SGM.</summary>
    PriorityLost,

    /// <summary>The group gives an SGM that it can spare.</summary>
    Donor,

    /// <summary>Fewer would do, but not for long enough yet.</summary>
    Stabilisation,

    /// <summary>The last change is too recent.</summary>
    Cooldown,

    /// <summary>A change of this group or site is on its way.</summary>
    ChangeInFlight,

    /// <summary>A member is not ACTIVE.</summary>
    MemberNotActive,

    /// <summary>A removal now would be undone soon.</summary>
    FlapProjection,

    /// <summary>The newest sample is too old.</summary>
    Stale,

    /// <summary>Too few members have fresh samples.</summary>
    LowCoverage,

    /// <summary>All values are zero, which is not a measurement.</summary>
    InvalidZero,

    /// <summary>Nothing was measured yet.</summary>
    NoTelemetry,

    /// <summary>Somebody else's changes are staged on the Orchestrator.</summary>
    PendingForeign,

    /// <summary>An operator paused it.</summary>
    Paused,

    /// <summary>The group's release does not support scaling.</summary>
    ReleaseTooOld,

    /// <summary>An operator changed the membership; the planner waits.</summary>
    OutOfBand,

    /// <summary>No Orchestrator gives the topology, so that nothing can be decided.</summary>
    FabricUnreadable,

    /// <summary>No forecast may be relied on, and nothing is removed without one.</summary>
    ForecastUntrusted,

    /// <summary>A proposed change waits for an answer.</summary>
    ApprovalWait,

    /// <summary>An operator rejected the same change a short while ago.</summary>
    ApprovalRejected,

    /// <summary>A finding of the fabric checks forbids it.</summary>
    FabricRule,

    /// <summary>The appliance models may not be mixed in the group.</summary>
    ModelMismatch,

    /// <summary>An Orchestrator of the site or an SGM of the group is being upgraded.</summary>
    UpgradeInProgress,

    /// <summary>What is left after the loss of a site would not do.</summary>
    SiteLoss,

    /// <summary>Demand went above all that was forecast, and that level is held for a while.</summary>
    Surge,

    /// <summary>The group keeps an SGM whose removal was not sent yet: it needs it again, or may not lose it now.</summary>
    RemovalRecalled,

    /// <summary>The group gives an SGM to one of higher priority that would be short.</summary>
    Preempted,

    /// <summary>A group of lower priority has an SGM, but the rules of preemption are not met.</summary>
    PreemptionDenied,

    /// <summary>Demand fell below what the forecast thought possible, which may be an outage.</summary>
    DipGuard,

    /// <summary>The group grew and shrank in turn within a short time.</summary>
    ReversalFreeze,

    /// <summary>As many changes as a day may have were made.</summary>
    Budget,

    /// <summary>The SGMs added last do not take their share of the load.</summary>
    NoRelief,

    /// <summary>One member or core is hot and the group is not: more SGMs do not help.</summary>
    ElephantFlow,

    /// <summary>The last SGMs that were added did not get into service.</summary>
    JoinTimeout,

    /// <summary>The last changes were not applied.</summary>
    ApplyFailed,

    /// <summary>A schedule forbids every change now.</summary>
    Freeze,

    /// <summary>It is outside the windows for removals and moves, or software is being installed.</summary>
    Maintenance,

    /// <summary>An operator paused adding SGMs.</summary>
    PausedOut,

    /// <summary>An operator paused taking SGMs.</summary>
    PausedIn,

    /// <summary>Brakes, failures or a lost forecast took away the right to act without asking.</summary>
    Demoted,
}
