namespace Maestro.Telemetry.Scaling.Guards;

/// <summary>Why a group that is short gets no SGM all the same.</summary>
internal static class GrowthGuards
{
    /// <summary>The first brake on growth that holds; null when none does.</summary>
    public static Refusal? Why(PlanningState plan, GroupState state) =>
        Pauses.Why(plan.Input, state.Id, PauseDirection.Out)
        ?? state.Guards.FailedChanges
        ?? Unhelpful(state);

    // Floors hold whatever the load is: they are about members, not about relief.
    private static Refusal? Unhelpful(GroupState state)
    {
        if (state.Expected.Count() < state.Need.FloorMembers)
        {
            return null;
        }

        return state.Guards.NoRelief
            ?? (ElephantFlow.DemandAsksForMore(state) ? null : ElephantFlow.Why(state));
    }
}
