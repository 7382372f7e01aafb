using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Scaling;

/// <summary>What the fabric must be after the plan.</summary>
internal static class ValidateOutcome
{
    public static void Check(
        PlannerInput input, ScalingPlan plan, List<ScalingCommand> others, List<string> findings)
    {
        foreach (var policy in input.Policies)
        {
            var gains = plan.Commands.Where(c => c.To == policy.Group).ToList();
            var losses = plan.Commands.Where(c => c.From == policy.Group).ToList();
            if (gains.Count > 0)
            {
                CheckCaps(input, policy, gains, others, findings);
            }

            foreach (var loss in losses)
            {
                CheckLoss(input, policy, losses, loss, others, findings);
            }
        }
    }

    private static void CheckCaps(
        PlannerInput input,
        ScalingPolicy policy,
        List<ScalingCommand> gains,
        List<ScalingCommand> others,
        List<string> findings)
    {
        var id = policy.Group;
        if (gains.Count > policy.MaxAddsPerCycle)
        {
            findings.Add($"SG {id} gets {gains.Count} SGMs in one cycle; its policy allows {policy.MaxAddsPerCycle}.");
        }

        // What may still arrive counts, what may still leave does not: either may fail.
        var sites = new Dictionary<GatewaySerial, SiteId>();
        foreach (var gateway in input.Fabric.Gateways.Where(g => g.Group == id))
        {
            sites[gateway.Serial] = gateway.Site;
        }

        foreach (var command in others.Where(c => c.IsOpen && c.To == id).Concat(gains))
        {
            sites[command.Serial] = command.Site;
        }

        var cap = Math.Min(policy.Maximum, input.Limits.MaxMembersPerGroup);
        if (sites.Count > cap)
        {
            findings.Add($"SG {id} would have {sites.Count} SGMs; its cap is {cap}.");
        }

        foreach (var site in gains.Select(c => c.Site).Distinct())
        {
            var count = sites.Values.Count(s => s == site);
            if (count > input.Limits.MaxMembersPerSite)
            {
                findings.Add(
                    $"SG {id} would have {count} SGMs on site {site}; the cap is {input.Limits.MaxMembersPerSite}.");
            }
        }
    }

    private static void CheckLoss(
        PlannerInput input,
        ScalingPolicy policy,
        List<ScalingCommand> losses,
        ScalingCommand loss,
        List<ScalingCommand> others,
        List<string> findings)
    {
        var id = policy.Group;
        var members = input.Fabric.Gateways.Where(g => g.Group == id).ToList();
        var leaving = losses
            .Concat(others.Where(c => c.IsInFlight && c.From == id))
            .Select(c => c.Serial)
            .ToHashSet();
        var staying = members.Where(m => !leaving.Contains(m.Serial)).ToList();
        var minimum = Math.Max(policy.Minimum, 1);
        if (staying.Count < minimum)
        {
            findings.Add($"SG {id} would be left with {staying.Count} members; its minimum is {minimum}.");
        }

        var active = members.Where(m => m.State == MemberState.Active).ToList();
        var smo = active.MinBy(m => m.MemberId ?? int.MaxValue);
        if (smo is not null && smo.Serial == loss.Serial && members.Count > 1)
        {
            findings.Add($"Command {loss.Id} takes SGM {loss.Serial} from SG {id}, whose SMO it is.");
        }

        CheckTelemetry(input, id, findings);
        CheckSurvival(input, policy, loss, staying, findings);
    }

    private static void CheckTelemetry(PlannerInput input, SecurityGroupId id, List<string> findings)
    {
        var telemetry = input.Telemetry.FirstOrDefault(t => t.Group == id);
        if (telemetry?.NewestSample is not { } newest)
        {
            findings.Add($"SG {id} loses an SGM without telemetry.");
            return;
        }

        if (input.Now - newest > 2 * telemetry.SampleInterval)
        {
            findings.Add($"SG {id} loses an SGM although its newest sample is from {newest:O}.");
        }

        if (double.IsNaN(telemetry.Coverage) || telemetry.Coverage < 0.9)
        {
            findings.Add(
                $"SG {id} loses an SGM although only a share of {telemetry.Coverage} of its members is measured.");
        }

        if (!telemetry.Demand.TryGetValue(Resource.CpuWork, out var work) || !(work > 0))
        {
            findings.Add($"SG {id} loses an SGM although its CPU work is not measured.");
        }
    }

    private static void CheckSurvival(
        PlannerInput input, ScalingPolicy policy, ScalingCommand loss, List<Gateway> staying, List<string> findings)
    {
        var active = staying.Where(m => m.State == MemberState.Active).ToList();
        var mode = input.Fabric.Groups.First(g => g.Id == policy.Group).Mode;
        if (mode is ClusteringMode.ActiveStandby or ClusteringMode.VsxActiveStandby)
        {
            // One site serves at a time, so the site that loses an SGM must do on its own.
            active =
            [
                .. staying.Where(m => m.Site == loss.Site
                    && m.State is (MemberState.Active or MemberState.Standby or MemberState.Backup)),
            ];
        }

        var what = $"the loss of {policy.SurviveFailures} members";
        var units = active.Select(m => m.Model.Weight).OrderDescending().Skip(policy.SurviveFailures).Sum();
        CheckDemand(input, policy, units, what, findings);
        if (mode is ClusteringMode.Vsls)
        {
            foreach (var lost in staying.Select(m => m.Site).Where(s => s != loss.Site).Distinct())
            {
                var left = active.Where(m => m.Site != lost).Sum(m => m.Model.Weight);
                CheckDemand(input, policy, left, $"the loss of site {lost}", findings);
            }
        }
    }

    private static void CheckDemand(
        PlannerInput input, ScalingPolicy policy, double units, string what, List<string> findings)
    {
        var measured = input.Telemetry.Where(t => t.Group == policy.Group).SelectMany(t => t.Demand);
        foreach (var (resource, demand) in measured)
        {
            var capacity = resource == Resource.CpuWork ? 1 : input.UnitCapacity.GetValueOrDefault(resource);
            if (capacity > 0 && demand > (units * capacity * policy.SurviveUtilization) + 1e-6)
            {
                findings.Add(
                    $"SG {policy.Group} would not survive {what}: "
                        + $"{units} units would be left for a demand of {demand} ({resource}).");
            }
        }
    }
}
