using System.Collections.Frozen;
using System.Text;

namespace Maestro.Telemetry.Scaling;

/// <summary>The names and meanings of <see cref="ReasonCode"/>, as logs, metrics and operators see them.</summary>
public static class ReasonCodes
{
    private static readonly FrozenDictionary<ReasonCode, string> Names =
        Enum.GetValues<ReasonCode>().ToFrozenDictionary(r => r, r => UpperSnake(r.ToString()));

    private static readonly FrozenSet<string> Brakes = new[]
    {
        ReasonCode.Stale,
        ReasonCode.LowCoverage,
        ReasonCode.InvalidZero,
        ReasonCode.NoTelemetry,
        ReasonCode.ForecastUntrusted,
        ReasonCode.DipGuard,
        ReasonCode.ReversalFreeze,
        ReasonCode.Budget,
        ReasonCode.NoRelief,
        ReasonCode.ElephantFlow,
        ReasonCode.JoinTimeout,
        ReasonCode.ApplyFailed,
        ReasonCode.Freeze,
        ReasonCode.Maintenance,
        ReasonCode.Paused,
        ReasonCode.PausedOut,
        ReasonCode.PausedIn,
        ReasonCode.Demoted,
    }.Select(ToCode).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True for the name of a brake: a rule that holds back what a group needs or could spare.</summary>
    public static bool IsBrake(string code) => Brakes.Contains(code);

    /// <summary>The fixed name, for example WITHIN_DEADBAND.</summary>
    public static string ToCode(ReasonCode reason) =>
        Names.TryGetValue(reason, out var name) ? name : throw Unknown(reason);

    /// <summary>The meaning in a sentence.</summary>
    public static string Describe(ReasonCode reason) => reason switch
    {
        ReasonCode.WithinDeadband => "The group has what it needs.",
        ReasonCode.Predicted => "The forecast asks for more capacity within the lead time.",
        ReasonCode.Reactive => "The demand measured now asks for more capacity.",
        ReasonCode.Scheduled => "A schedule asks for more SGMs.",
        ReasonCode.GroupMin => "The group is below the minimum of its policy.",
        ReasonCode.NPlusF => "The group must keep serving after the loss of its spare SGMs.",
        ReasonCode.Surplus => "The group has had, and by the forecast will have, more than it needs.",
        ReasonCode.GroupMax => "The group needs more but is at its maximum.",
        ReasonCode.SiteCap => "The group needs more but has as many SGMs on each of its sites as a site may have.",
        ReasonCode.PoolEmpty => "The group needs more, but no free SGM fits and no other group can spare one.",
        ReasonCode.PriorityLost => "The group needs more, but a group that is served before it got the SGM.",
        ReasonCode.Donor => "The group gives an SGM that it can spare to a group that needs it.",
        ReasonCode.Stabilisation => "Fewer SGMs would do, but not for long enough yet.",
        ReasonCode.Cooldown => "Fewer SGMs would do, but the last change of the group is too recent.",
        ReasonCode.ChangeInFlight => "A change of this group or on this site is on its way; the next one waits for it.",
        ReasonCode.MemberNotActive => "A member is not ACTIVE; nothing is removed until it is.",
        ReasonCode.FlapProjection => "A removal now would have to be undone soon.",
        ReasonCode.Stale => "The newest sample is too old to decide on.",
        ReasonCode.LowCoverage => "Too few members have fresh samples to decide on.",
        ReasonCode.InvalidZero => "The samples say zero while members are ACTIVE, which is not a measurement.",
        ReasonCode.NoTelemetry => "Nothing usable was measured yet.",
        ReasonCode.PendingForeign => "Somebody else's changes are staged on the Orchestrator; nothing is done beside them.",
        ReasonCode.Paused => "An operator paused scaling.",
        ReasonCode.ReleaseTooOld => "The release of a member is too old: scaling needs R81.20, active-active R82.",
        ReasonCode.OutOfBand => "The membership was changed by somebody else; nothing is removed for half an hour.",
        ReasonCode.FabricUnreadable => "No Orchestrator gives the topology, so that nothing can be decided.",
        ReasonCode.ForecastUntrusted => "No forecast may be relied on, and nothing is removed without one.",
        ReasonCode.ApprovalWait => "A proposed change waits for an answer.",
        ReasonCode.ApprovalRejected => "An operator rejected the same change a short while ago.",
        ReasonCode.FabricRule => "The fabric breaks a rule of Maestro that forbids the change; see maestro check.",
        ReasonCode.ModelMismatch => "The group needs more, but different appliance models may not be mixed in it.",
        ReasonCode.UpgradeInProgress =>
            "An Orchestrator of the site or an SGM of the group is being upgraded; the change waits for its end.",
        ReasonCode.SiteLoss => "The group must keep serving after the loss of a site.",
        ReasonCode.Surge => "Demand went above all that was forecast, and that level is held for a while.",
        ReasonCode.RemovalRecalled =>
            "The removal of an SGM that was not sent yet is called off: the group needs it again, or may not lose it now.",
        ReasonCode.Preempted => "The group gives an SGM to a group of higher priority that would be short.",
        ReasonCode.PreemptionDenied =>
            "No SGM is free, and the rules do not allow to take one from a group of lower priority.",
        ReasonCode.DipGuard =>
            "Demand fell below what the forecast thought possible, which may be an outage; nothing is removed for an hour.",
        ReasonCode.ReversalFreeze =>
            "The group grew and shrank in turn within two hours; nothing is removed for two hours.",
        ReasonCode.Budget => "As many changes as a day may have were made; more are only proposed.",
        ReasonCode.NoRelief => "The SGMs added last do not take their share of the load; no more are added.",
        ReasonCode.ElephantFlow =>
            "One member or core is hot while the group is not: another SGM would not take its load.",
        ReasonCode.JoinTimeout => "The last SGMs that were added did not get into service; none is added for an hour.",
        ReasonCode.ApplyFailed => "The last changes were not applied; none is tried for an hour.",
        ReasonCode.Freeze => "A schedule forbids every change now.",
        ReasonCode.Maintenance =>
            "It is outside the windows for removals and moves, or software is being installed on the group.",
        ReasonCode.PausedOut => "An operator paused adding SGMs.",
        ReasonCode.PausedIn => "An operator paused taking SGMs.",
        ReasonCode.Demoted =>
            "After repeated failures or brakes, or without a forecast while it is busy, changes that would be made at once are only proposed.",
        _ => throw Unknown(reason),
    };

    private static ArgumentOutOfRangeException Unknown(ReasonCode reason) =>
        new(nameof(reason), reason, "Not a reason code.");

    private static string UpperSnake(string name)
    {
        // N+F is one word, as the domain writes it.
        if (name == nameof(ReasonCode.NPlusF))
        {
            return "NPLUSF";
        }

        var text = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsUpper(c) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToUpperInvariant(c));
        }

        return text.ToString();
    }
}
