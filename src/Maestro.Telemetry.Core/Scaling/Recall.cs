using Maestro.Telemetry.Scaling.Guards;

namespace Maestro.Telemetry.Scaling;

/// <summary>
/// Calls off removals that were not sent yet: when they would not be allowed any more, and when the group needs the SGM
/// again, which is the cheapest of all adds.
/// </summary>
internal static class Recall
{
    /// <summary>Calls off what must not be done any more, whatever else is decided for the group.</summary>
    public static void Forbidden(PlanningState plan)
    {
        foreach (var state in plan.Groups)
        {
            foreach (var command in Unsent(plan, state).ToList())
            {
                if (RecallRules.Why(plan, state, command) is { } why)
                {
                    CallOff(plan, state, command, why);
                    Say(state, command, why);
                }
            }
        }
    }

    /// <summary>Calls off proposals of adds that nobody has to be asked for any more: they are made in the next cycle.</summary>
    public static void Proposals(PlanningState plan)
    {
        foreach (var state in plan.Groups.Where(g => g.Outcome is null && g.Policy.ScaleOutMode == ScalingMode.Enforce))
        {
            var asked = state.Open.Where(c =>
                c is { From: null, State: CommandState.Proposed, Mode: ScalingMode.Recommend }
                && !plan.Blocks.ProposeOnly(c.Site)
                && ModeGuards.Why(plan, c.Site, null, state.Id) is null).ToList();
            foreach (var command in asked)
            {
                plan.Withdrawn.Add(command.Id, new(
                    command.Id, ReasonCode.ApprovalWait, "nobody has to be asked any more, and it is made if it is still needed"));
            }

            if (asked.Count > 0)
            {
                state.Outcome = new(
                    DecisionAction.Hold,
                    ReasonCode.ApprovalWait,
                    $"{Words.Group(state)} stays at {state.Members.Length} SGMs for a moment: nobody has to be asked any more to "
                        + $"{string.Join(" and ", asked.Select(Words.What))}, and it is made in the next cycle if it is still needed.");
            }
        }
    }

    /// <summary>Calls off the rest of a group that is short, but for what a group of higher priority takes.</summary>
    public static void Removals(PlanningState plan, GroupState state)
    {
        var leaving = Unsent(plan, state).Where(c => !RecallRules.IsPreemption(plan, state, c)).ToList();
        foreach (var command in leaving)
        {
            CallOff(plan, state, command, new(ReasonCode.RemovalRecalled, "the group needs it again"));
        }

        if (leaving.Count > 0 && !ScaleOut.IsShort(state))
        {
            var names = string.Join(" and ", leaving.Select(Words.What));
            state.Outcome = new(
                DecisionAction.Hold,
                ReasonCode.RemovalRecalled,
                $"{Words.Group(state)} keeps what it has: it needs it again, and the change to {names} is called off.");
        }
    }

    private static IEnumerable<ScalingCommand> Unsent(PlanningState plan, GroupState state) => state.Open.Where(c =>
        c.From == state.Id
        && c.State is (CommandState.Proposed or CommandState.Approved)
        && !plan.Withdrawn.ContainsKey(c.Id));

    private static void CallOff(PlanningState plan, GroupState state, ScalingCommand command, Refusal why)
    {
        plan.Withdrawn.Add(command.Id, new(command.Id, why.Reason, why.Sentence));
        plan.Recalled.Add(command.Serial);
        var units = state.ExpectedUnits;
        if (command.State == CommandState.Approved && plan.Input.Fabric.Find(command.Serial) is { } gateway
            && state.Serves(gateway.Site))
        {
            state.Kept.Add(gateway);
        }

        if (why.Reason != ReasonCode.RemovalRecalled)
        {
            state.Steps.Add(new(ReasonCodes.ToCode(why.Reason), units, units, why.Sentence));
        }

        state.Steps.Add(new(
            ReasonCodes.ToCode(ReasonCode.RemovalRecalled),
            units,
            state.ExpectedUnits,
            $"the change to {Words.What(command)} is called off: {why.Sentence}"));
    }

    // A group that is short goes on to grow, and one that is held says so; the step tells of it there.
    private static void Say(GroupState state, ScalingCommand command, Refusal why)
    {
        if (state.Outcome is { } held)
        {
            state.Outcome = held with
            {
                Sentence = $"{held.Sentence} The change to {Words.What(command)} is called off: {why.Sentence}.",
            };
        }
        else if (!ScaleOut.IsShort(state))
        {
            state.Outcome = new(
                DecisionAction.Hold,
                ReasonCode.RemovalRecalled,
                $"{Words.Group(state)} keeps what it has, and the change to {Words.What(command)} is called off: "
                    + $"{why.Sentence}.");
        }
    }
}
