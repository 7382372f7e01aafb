using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Fabric.Checks;
using Maestro.Telemetry.Scaling.Guards;
using static System.FormattableString;

namespace Maestro.Telemetry.Scaling;

/// <summary>
/// Whether a removal that was planned a while ago and not sent yet would still be allowed. What only sets the pace of
/// removals, or follows from this one, says nothing against it; what a pause or somebody else's staged change holds up
/// waits and is not called off.
/// </summary>
internal static class RecallRules
{
    /// <summary>Why the group must keep the SGM by now; null when it may still lose it.</summary>
    public static Refusal? Why(PlanningState plan, GroupState state, ScalingCommand command)
    {
        // One that is not where the command takes it from is the executor's to end.
        if (plan.Input.Fabric.Find(command.Serial) is not { } gateway || gateway.Group != state.Id)
        {
            return null;
        }

        // Nobody can approve a proposal while the telemetry is not good, so that it may wait for it as long as it is usable.
        var weights = RemovalRules.RemainingWeights(state, gateway);
        var waits = command.State == CommandState.Proposed && state.Verdict.Use != TelemetryUse.FloorsOnly;
        return (waits ? null : state.Verdict.Problem)
            ?? RemovalGuards.WhyCallOff(plan, state, weights.Sum(), waits)
            ?? RemovalRules.Unhealthy(state, state.Members.Where(m => m.Serial != gateway.Serial))
            ?? plan.Blocks.Findings(state.Id, gateway, FindingEffect.NoRemoval)
            ?? Foresight.Why(plan.Input, state)
            ?? Foresight.TooFew(plan.Input, state, weights)
            ?? BecameSmo(plan, state, gateway)
            ?? Missing(plan, state, command, weights)
            ?? RemovalRules.FailsSurvival(plan.Input, state, weights)
            ?? SiteLoss.Fails(plan.Input, state, gateway);
    }

    private static Refusal? BecameSmo(PlanningState plan, GroupState state, Gateway leaving) =>
        state.Members.Length > 1 && plan.Input.Fabric.SmoOf(state.Id)?.Serial == leaving.Serial
            ? new(ReasonCode.FabricRule, $"SGM {leaving.Serial} is the SMO by now")
            : null;

    // What a group of higher priority was given, this one would rather have kept: its floors and its survival still count.
    private static Refusal? Missing(PlanningState plan, GroupState state, ScalingCommand command, List<double> weights)
    {
        var floor = Math.Max(state.Need.FloorMembers, 1);
        if (state.Members.Length - 1 < floor)
        {
            return new(ReasonCode.GroupMin, $"it keeps at least {floor} SGMs by policy and schedule");
        }

        if (IsPreemption(plan, state, command))
        {
            return null;
        }

        var wanted = state.LongNeed.WantedOf(weights);
        return wanted <= weights.Sum() + PlannerRules.DeadBandOut
            ? null
            : new(
                DesiredCapacity.ReasonOf(DesiredCapacity.Binding(state.LongNeed)),
                Invariant($"it needs {wanted:F1} units by now and would have {weights.Sum():F1}"));
    }

    /// <summary>True when a group of higher priority takes the SGM.</summary>
    public static bool IsPreemption(PlanningState plan, GroupState state, ScalingCommand command) =>
        state.Policy.AllowPreemption
        && plan.Input.Policies.Any(p => p.Group == command.To && p.Priority < state.Policy.Priority);
}
