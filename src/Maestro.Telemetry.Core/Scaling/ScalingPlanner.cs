namespace Maestro.Telemetry.Scaling;

/// <summary>
/// Decides which SGMs join, leave or change their Security Group. A pure function: the same input gives the same plan.
/// </summary>
public static class ScalingPlanner
{
    /// <summary>Plans one cycle for all groups that have a policy.</summary>
    public static ScalingPlan Plan(PlannerInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var plan = new PlanningState(input);
        foreach (var state in plan.Groups)
        {
            if (Brakes.Stop(plan, state) is { } stop)
            {
                ScaleIn.Hold(state, stop);
            }
        }

        Recall.Forbidden(plan);
        Recall.Proposals(plan);

        // All groups that are short are served before any group gives up an SGM for nothing.
        ScaleOut.Serve(plan);

        foreach (var state in plan.Groups.Where(g => g.Outcome is null))
        {
            ScaleIn.Consider(plan, state);
        }

        return new ScalingPlan(
            input.Now,
            [.. plan.Groups.OrderBy(g => g.Id).Select(g => DecisionRecords.Of(plan, g))],
            [.. plan.Commands],
            Remember(plan))
        {
            Withdrawals = [.. plan.Withdrawn.Values],
        };
    }

    // Groups that are not planned now keep what is remembered of them: a policy may come back.
    private static PlannerMemory Remember(PlanningState plan)
    {
        var groups = plan.Input.Memory.Groups.ToBuilder();
        foreach (var state in plan.Groups)
        {
            groups[state.Id.Value] = MemoryRules.Next(plan.Input, state);
        }

        return new PlannerMemory { Groups = groups.ToImmutable() };
    }
}
