using Maestro.Telemetry.Scaling.Guards;
using static System.FormattableString;

namespace Maestro.Telemetry.Scaling;

/// <summary>Takes an SGM from a group that has had too much for long enough, or says why nothing is done.</summary>
internal static class ScaleIn
{
    public static void Consider(PlanningState plan, GroupState state)
    {
        if (state.Verdict is { Use: TelemetryUse.FloorsOnly, Problem: { } problem })
        {
            Hold(state, problem);
            return;
        }

        var (gateway, refusal) = RemovalRules.Choose(plan, state, forMove: false, _ => true);
        if (gateway is null)
        {
            Hold(state, refusal!);
            return;
        }

        var left = state.CommittedUnits - (state.Serves(gateway.Site) ? gateway.Model.Weight : 0);
        var wanted = state.LongNeed.WantedOf([.. state.Committed.Where(g => g != gateway).Select(g => g.Model.Weight)]);
        var basis = Foresight.Basis(plan.Input, state);
        var until = basis is null
            ? Invariant($"until {state.Policy.ScaleInHorizon.TotalMinutes:F0} min from now")
            : $"as measured ({basis})";
        var sentence = $"{Words.Group(state)} frees SGM {gateway.Serial} on site {gateway.Site}: "
            + Invariant($"it needs {wanted:F1} units {until}, ")
            + Invariant($"no more for the last {state.Policy.Stabilization.TotalMinutes:F0} min, and keeps {left:F1}.");
        state.Steps.Add(new(ReasonCodes.ToCode(ReasonCode.Surplus), state.CommittedUnits, left));
        state.Outcome = new(DecisionAction.Remove, ReasonCode.Surplus, sentence, gateway.Serial);
        plan.Free(state, gateway, sentence);
    }

    public static void Hold(GroupState state, Refusal refusal)
    {
        var wanted = DesiredCapacity.Binding(state.Need);
        state.Steps.Add(new(
            ReasonCodes.ToCode(refusal.Reason), wanted.Units, state.CommittedUnits, refusal.Sentence));
        var has = Invariant($"it needs {wanted.Units:F1} units for {Words.Because(wanted)} ")
            + Invariant($"and has {state.CommittedUnits:F1}");
        state.Outcome = new(
            DecisionAction.Hold,
            refusal.Reason,
            $"{Words.Group(state)} stays at {state.Members.Length} SGMs: {has}; {refusal.Sentence}.");
    }
}
