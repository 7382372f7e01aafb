using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Scaling.Guards;

/// <summary>An SGM that has just become ACTIVE carries its share only partly: connections come to it by and by.</summary>
internal static class WarmUp
{
    /// <summary>Why nothing is removed while an SGM warms up; null when none does.</summary>
    public static Refusal? Why(PlannerInput input, GroupState state) =>
        Warming(input, state.Policy, state.Members).FirstOrDefault() is { Member: { } member } first
            ? new(
                ReasonCode.ChangeInFlight,
                $"SGM {member.Serial} has just become ACTIVE and warms up until "
                    + Words.Clock(first.Since + state.Policy.WarmUp))
            : null;

    /// <summary>The weight of the SGMs that warm up, and the CPU work they do, where that is known of them.</summary>
    public static (double Units, double Work) Of(
        PlannerInput input, ScalingPolicy policy, GroupTelemetry? telemetry, ImmutableArray<Gateway> serving)
    {
        var known = (telemetry?.Members ?? [])
            .Where(m => double.IsFinite(m.Utilization))
            .DistinctBy(m => m.Serial)
            .ToDictionary(m => m.Serial, m => m.Utilization);
        var warming = Warming(input, policy, serving).Where(w => known.ContainsKey(w.Member.Serial)).ToList();

        // With none left there would be nothing to judge by.
        return warming.Count == serving.Length
            ? default
            : (warming.Sum(w => w.Member.Model.Weight),
                warming.Sum(w => w.Member.Model.Weight * known[w.Member.Serial]));
    }

    private static IEnumerable<(Gateway Member, DateTimeOffset Since)> Warming(
        PlannerInput input, ScalingPolicy policy, ImmutableArray<Gateway> members) =>
        from command in input.Commands
        where command.To == policy.Group && command.State == CommandState.Verified
        let since = Brakes.EndOf(command)
        where input.Now - since < policy.WarmUp
        let member = members.FirstOrDefault(m => m.Serial == command.Serial)
        where member is not null
        orderby since descending, member.Serial.Value
        group (member, since) by member.Serial into same
        select same.First();
}
