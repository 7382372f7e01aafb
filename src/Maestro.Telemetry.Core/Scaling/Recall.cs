namespace Maestro.Telemetry.Scaling;

/// <summary>Calls off a removal that was not sent yet when the group needs the SGM again: the cheapest of all adds.</summary>
internal static class Recall
{
    public static void Removals(PlanningState plan, GroupState state)
    {
        var leaving = state.Open
            .Where(c => c.From == state.Id && c.State is (CommandState.Proposed or CommandState.Approved))
            .ToList();
        foreach (var command in leaving)
        {
            plan.Withdrawn.Add(command.Id);
            plan.Recalled.Add(command.Serial);
            if (command.State == CommandState.Approved && plan.Input.Fabric.Find(command.Serial) is { } gateway
                && state.Serves(gateway.Site))
            {
                state.Kept.Add(gateway);
            }
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
}
