using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Fabric.Checks;

namespace Maestro.Telemetry.Scaling;

/// <summary>The rules of the fabric that one command must keep, read from the fabric itself.</summary>
internal static class ValidateFabric
{
    public static void Check(
        PlannerInput input, ScalingPlan plan, IReadOnlyCollection<FabricFinding> findings, List<string> broken)
    {
        foreach (var command in plan.Commands)
        {
            CheckOrchestrators(input, command, broken);
            foreach (var finding in findings.Where(f => Forbids(f, command)))
            {
                broken.Add($"Command {command.Id} is against a finding: {finding}");
            }

            if (input.Fabric.Gateways.FirstOrDefault(g => g.Serial == command.Serial) is { } gateway)
            {
                CheckGateway(command, gateway, broken);
                CheckMix(input, plan, command, gateway, broken);
            }
        }
    }

    private static bool Forbids(FabricFinding finding, ScalingCommand command)
    {
        var (site, group, serial) = (finding.Object.Site, finding.Object.Group, finding.Object.Serial);
        var joins = finding.Effect.HasFlag(FindingEffect.NoGrowth) && command.To is not null;
        var leaves = finding.Effect.HasFlag(FindingEffect.NoRemoval) && command.From is not null;
        if (serial is not null)
        {
            return serial == command.Serial && (joins || leaves);
        }

        if (site is not null && site != command.Site)
        {
            return false;
        }

        return group is null
            ? site is not null && (joins || leaves)
            : (joins && command.To == group) || (leaves && command.From == group);
    }

    private static void CheckOrchestrators(PlannerInput input, ScalingCommand command, List<string> broken)
    {
        var there = input.Fabric.Orchestrators.Where(o => o.Site == command.Site).ToList();
        if (there.Find(o => o.Upgrade is UpgradeState.InProgress or UpgradeState.Failed) is { } upgrading)
        {
            broken.Add(
                $"Command {command.Id} changes site {command.Site}, where the upgrade of Orchestrator {upgrading.Id} "
                    + "has not ended.");
        }

        if (there.Count == 1
            && command.Mode == ScalingMode.Enforce
            && !input.Allowances.EnforceWithOneOrchestrator.Contains(command.Site))
        {
            broken.Add(
                $"Command {command.Id} changes site {command.Site} without asking, where one Orchestrator is a single "
                    + "point of failure.");
        }
    }

    private static void CheckGateway(ScalingCommand command, Gateway gateway, List<string> broken)
    {
        if (command.To is not null && gateway.SyncAddressMatches is false)
        {
            broken.Add(
                $"Command {command.Id} gives SGM {command.Serial} to a group, but its sync address does not match its SKU.");
        }

        if (gateway.Upgrade is UpgradeState.InProgress or UpgradeState.Failed)
        {
            broken.Add($"Command {command.Id} is about SGM {command.Serial}, whose upgrade has not ended.");
        }
    }

    private static void CheckMix(
        PlannerInput input, ScalingPlan plan, ScalingCommand command, Gateway gateway, List<string> broken)
    {
        if (command.To is not { } id)
        {
            return;
        }

        var joining = plan.Commands.Where(c => c.To == id && c.Serial != command.Serial).Select(c => c.Serial).ToHashSet();
        foreach (var other in input.Fabric.Gateways
            .Where(g => g.Group == id || joining.Contains(g.Serial))
            .DistinctBy(g => g.Model.Name, StringComparer.OrdinalIgnoreCase)
            .Where(g => !input.Allowances.MayMix(g.Model.Name, gateway.Model.Name)))
        {
            broken.Add(
                $"Command {command.Id} brings a {gateway.Model.Name} to SG {id}, where a {other.Model.Name} is, and the "
                    + "two are not certified together.");
        }
    }
}
