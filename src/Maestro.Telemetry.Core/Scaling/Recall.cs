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

    /// <summary>Calls off the rest of a group that is short.</summary>
    public static void Removals(PlanningState plan, GroupState state)
    {
        var leaving = Unsent(plan, state).ToList();
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
