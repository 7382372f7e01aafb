using Maestro.Telemetry.Simulator.Scenarios;

namespace Maestro.Telemetry.Simulator.Fabric;

/// <summary>What an apply is held against. Only groups and SGMs that it would change are looked at.</summary>
internal static class PendingRules
{
    public static IEnumerable<string> Check(Scenario scenario, FabricView view)
    {
        var moving = view.Gateways.Where(g => g.PendingGroup != g.Group).ToList();
        var rules = scenario.Rules;
        foreach (var gateway in moving)
        {
            if (rules.RefuseLostGateways && gateway.PendingGroup != 0 && gateway.State == SgmState.Lost)
            {
                yield return $"Gateway [{gateway.Serial}] is not reachable and cannot be assigned";
            }
        }

        foreach (var group in scenario.Groups)
        {
            var touched = moving.Where(g => g.PendingGroup == group.Id || g.Group == group.Id).ToList();
            if (touched is [])
            {
                continue;
            }

            var members = view.Gateways.Where(g => g.PendingGroup == group.Id).ToList();
            if (rules.ProtectLastMember && members is [])
            {
                yield return $"Security Group [{group.Id}] must have at least one gateway";
            }

            // Taking one away from a group that is above its cap must stay possible.
            if (rules.EnforceCaps && touched.Any(g => g.PendingGroup == group.Id))
            {
                foreach (var problem in Caps(rules, group.Id, members))
                {
                    yield return problem;
                }
            }
        }
    }

    private static IEnumerable<string> Caps(FabricRules rules, int group, List<SimulatedGateway> members)
    {
        foreach (var site in members.GroupBy(g => g.Site).Where(s => s.Count() > rules.MaxMembersPerSite))
        {
            yield return $"Security Group [{group}] would have {site.Count()} gateways on site {site.Key}, "
                + $"the maximum is {rules.MaxMembersPerSite}";
        }

        if (members.Count > rules.MaxMembersPerGroup)
        {
            yield return $"Security Group [{group}] would have {members.Count} gateways, "
                + $"the maximum is {rules.MaxMembersPerGroup}";
        }
    }
}
