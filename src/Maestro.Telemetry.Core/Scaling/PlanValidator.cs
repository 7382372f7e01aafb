using Maestro.Telemetry.Fabric.Checks;

namespace Maestro.Telemetry.Scaling;

/// <summary>
/// Checks a plan against the rules that must hold whatever the planner thought, computed anew from the input. It
/// shares no code with the planner, so that one mistake does not hide another. The executor refuses a plan with
/// findings, and checks a single command again, as a plan of its own, right before it is applied.
/// </summary>
public static class PlanValidator
{
    /// <summary>What is wrong with the plan, in sentences; empty when nothing is.</summary>
    public static IReadOnlyList<string> Check(PlannerInput input, ScalingPlan plan)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(plan);
        var findings = new List<string>();
        var own = plan.Commands.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        var others = input.Commands.Where(c => !own.Contains(c.Id)).ToList();
        CheckUniqueness(plan, findings);
        foreach (var command in plan.Commands)
        {
            ValidateCommand.Check(input, command, others, findings);
        }

        if (plan.Commands.Length > 0)
        {
            ValidateFabric.Check(
                input, plan, FabricChecks.Check(input.Fabric, input.Limits, input.Allowances), findings);
        }

        ValidateOutcome.Check(input, plan, others, findings);
        ValidateWithdrawals.Check(input, plan, findings);
        return findings;
    }

    private static void CheckUniqueness(ScalingPlan plan, List<string> findings)
    {
        foreach (var twice in plan.Commands.GroupBy(c => c.Serial).Where(g => g.Count() > 1))
        {
            findings.Add($"SGM {twice.Key} is in {twice.Count()} commands of the plan; it may be in one.");
        }

        foreach (var twice in plan.Commands.GroupBy(c => c.Id, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            findings.Add($"The command id {twice.Key} occurs {twice.Count()} times; it must be unique.");
        }

        var removals = plan.Commands.Where(c => c.From is not null).ToList();
        foreach (var twice in removals.GroupBy(c => c.From!.Value).Where(g => g.Count() > 1))
        {
            findings.Add($"SG {twice.Key} loses {twice.Count()} SGMs in one cycle; it may lose one.");
        }

        foreach (var twice in removals.GroupBy(c => c.Site).Where(g => g.Count() > 1))
        {
            findings.Add($"Site {twice.Key} has {twice.Count()} removals in one cycle; it may have one.");
        }
    }
}
