using Maestro.Telemetry.Fabric;
using static System.FormattableString;

namespace Maestro.Telemetry.Scaling.Guards;

/// <summary>
/// S24: one hot core or member in a cool group is an elephant flow or a bad distribution. The flow stays where it is, so
/// another SGM does not take it over. Growth that the group's total demand asks for goes on.
/// </summary>
internal static class ElephantFlow
{
    /// <summary>The source of a term that follows from the hottest member alone, and not from the group's demand.</summary>
    public const string Hottest = "hottest";

    /// <summary>The hot member or core; null when nothing is hot, or all is.</summary>
    public static HotSpot? Find(ScalingPolicy policy, GroupTelemetry? telemetry, IReadOnlyCollection<Gateway> serving)
    {
        var loads = (telemetry?.Members ?? [])
            .Select(l => (Load: l, Member: serving.FirstOrDefault(g => g.Serial == l.Serial)))
            .Where(l => l.Member is not null && double.IsFinite(l.Load.Utilization))
            .OrderByDescending(l => l.Load.Utilization)
            .ThenBy(l => l.Load.Serial.Value, StringComparer.Ordinal)
            .ToList();
        if (loads.Count < 2)
        {
            return null;
        }

        var average = loads.Sum(l => l.Load.Utilization * l.Member!.Model.Weight) / loads.Sum(l => l.Member!.Model.Weight);
        if (!(average < policy.TargetUtilization))
        {
            return null;
        }

        if (loads[0].Load is { } hottest && hottest.Utilization > policy.HardUtilization)
        {
            return new(hottest.Serial, IsCore: false, hottest.Utilization, average);
        }

        var core = loads.MaxBy(l => l.Load.BusiestCore ?? 0).Load;
        return core.BusiestCore > policy.HardUtilization
            ? new(core.Serial, IsCore: true, core.BusiestCore.Value, average)
            : null;
    }

    public static Refusal? Why(GroupState state) =>
        state.Guards.Hot is { } hot ? new(ReasonCode.ElephantFlow, Sentence(hot)) : null;

    /// <summary>True when the group needs more for another reason than its hottest member.</summary>
    public static bool DemandAsksForMore(GroupState state)
    {
        var weights = state.Expected.Select(g => g.Model.Weight).ToList();
        return weights.Count < state.Need.FloorMembers
            || SiteLoss.IsShort(state)
            || state.Need.Terms.Any(t =>
                t.Source != Hottest && t.Units > weights.Sum() + PlannerRules.DeadBandOut);
    }

    public static string Sentence(HotSpot hot) =>
        (hot.IsCore ? "a core of " : string.Empty)
            + Invariant($"SGM {hot.Serial} is used at {hot.Utilization * 100:F0} % while the group is at ")
            + Invariant($"{hot.Average * 100:F0} %: an elephant flow or a bad distribution, which another SGM does not ")
            + "take over";
}
