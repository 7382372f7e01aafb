using Maestro.Telemetry.Fabric;
using static System.FormattableString;

namespace Maestro.Telemetry.Scaling;

/// <summary>What a plan may call off: a removal or move that was not sent yet, for a reason that is on record.</summary>
internal static class ValidateWithdrawals
{
    public static void Check(PlannerInput input, ScalingPlan plan, List<string> findings)
    {
        foreach (var withdrawal in plan.Withdrawals)
        {
            var name = $"The plan calls off command {withdrawal.Id}, ";
            if (input.Commands.FirstOrDefault(c => c.Id == withdrawal.Id) is not { } command)
            {
                findings.Add($"{name}which does not exist.");
            }
            else if (command.State is not (CommandState.Proposed or CommandState.Approved))
            {
                findings.Add($"{name}which is {command.State}: it was sent already, or has ended.");
            }
            else if (command.From is not { } from)
            {
                if (command.State != CommandState.Proposed
                    || input.Policies.FirstOrDefault(p => p.Group == command.To)?.ScaleOutMode != ScalingMode.Enforce)
                {
                    findings.Add($"{name}which takes no SGM from a group, and is made by an approval only.");
                }
            }
            else
            {
                CheckReason(name, input, plan, withdrawal, command, from, findings);
            }
        }

        foreach (var twice in plan.Withdrawals.GroupBy(w => w.Id, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            findings.Add($"The plan calls off command {twice.Key} {twice.Count()} times.");
        }
    }

    private static void CheckReason(
        string name,
        PlannerInput input,
        ScalingPlan plan,
        Withdrawal withdrawal,
        ScalingCommand command,
        SecurityGroupId from,
        List<string> findings)
    {
        var code = ReasonCodes.ToCode(ReasonCode.RemovalRecalled);
        if (plan.Decisions.FirstOrDefault(d => d.Group == from) is not { } decision
            || !decision.Steps.Any(s => s.Rule == code && s.Note?.Contains(command.Serial.Value, StringComparison.Ordinal) == true))
        {
            findings.Add($"{name}but no decision for SG {from} says why.");
            return;
        }

        // The loss of a site asks for more than the group's need says.
        var mode = input.Fabric.Groups.FirstOrDefault(g => g.Id == from)?.Mode;
        var leaving = input.Commands.Where(c => c.IsInFlight && c.From == from).Select(c => c.Serial).ToHashSet();
        leaving.Add(command.Serial);
        var members = input.Fabric.Gateways.Where(g => g.Group == from && !leaving.Contains(g.Serial)).ToList();
        if (withdrawal.Reason == ReasonCode.RemovalRecalled
            && mode is not (ClusteringMode.ActiveStandby or ClusteringMode.VsxActiveStandby or ClusteringMode.Vsls)
            && members.TrueForAll(m => m.State == MemberState.Active)
            && members.Sum(m => m.Model.Weight) - members.Select(m => m.Model.Weight).DefaultIfEmpty(0).Max() is var left
            && left > decision.WantedUnits)
        {
            findings.Add(
                Invariant($"{name}but SG {from} needs {decision.WantedUnits:F1} units and would have more without the SGM."));
        }
    }
}
