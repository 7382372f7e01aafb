using Maestro.Telemetry.Fabric;
using static System.FormattableString;

namespace Maestro.Telemetry.Scaling.Guards;

/// <summary>
/// An SGM that has served for ten minutes takes its share of the load off the others. When those added last take less
/// than half of it (elephant flows, an uplink or Orchestrator at its limit, a bad distribution), more do not help.
/// </summary>
/// <remarks>
/// What was expected is a fall of the load per unit from W / n to W / (n + k); what the others were relieved of is the
/// load of the k new ones. The ratio of the two is the mean utilization of the new ones to that of the group, so that
/// demand that rises meanwhile does not look like missing relief.
/// </remarks>
internal static class NoRelief
{
    public static Refusal? Read(PlannerInput input, SecurityGroupId id, GroupTelemetry? telemetry)
    {
        if (telemetry is null || telemetry.Members.IsEmpty)
        {
            return null;
        }

        var added = input.Commands
            .Where(c => c.To == id && c.State == CommandState.Verified)
            .Select(c => (c.Serial, Age: input.Now - Brakes.EndOf(c)))
            .Where(c => c.Age >= GuardRules.ReliefAfter && c.Age < GuardRules.ReliefUntil)
            .Select(c => c.Serial)
            .ToHashSet();
        if (added.Count == 0)
        {
            return null;
        }

        var loads = Weighed(input, id, telemetry).ToList();
        var others = loads.Where(l => !added.Contains(l.Serial)).ToList();
        var group = Mean(loads);
        var news = Mean(loads.Where(l => added.Contains(l.Serial)));

        // Written so that NaN, when one of the two is empty, is no finding.
        if (others.Count == 0 || !(group >= GuardRules.ReliefLeastLoad) || !(news < GuardRules.ReliefShare * group))
        {
            return null;
        }

        var names = string.Join(" and ", loads.Where(l => added.Contains(l.Serial)).Select(l => l.Serial));
        return new(
            ReasonCode.NoRelief,
            Invariant($"SGM {names}, added last, is used at {news * 100:F0} % and the group at {group * 100:F0} %, ")
                + "so that another one would hardly help; look at the distribution, the uplinks and for elephant flows");
    }

    private static IEnumerable<(GatewaySerial Serial, double Weight, double Load)> Weighed(
        PlannerInput input, SecurityGroupId id, GroupTelemetry telemetry) =>
        from load in telemetry.Members
        let member = input.Fabric.Find(load.Serial)
        where member?.Group == id && member.State == MemberState.Active && double.IsFinite(load.Utilization)
        orderby load.Serial.Value
        select (load.Serial, member.Model.Weight, load.Utilization);

    private static double Mean(IEnumerable<(GatewaySerial Serial, double Weight, double Load)> loads)
    {
        double work = 0;
        double weight = 0;
        foreach (var load in loads)
        {
            work += load.Load * load.Weight;
            weight += load.Weight;
        }

        return work / weight;
    }
}
