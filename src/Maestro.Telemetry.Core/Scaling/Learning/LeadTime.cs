using Maestro.Telemetry.Fabric;
using static System.FormattableString;

namespace Maestro.Telemetry.Scaling.Learning;

/// <summary>
/// From the decision until an added SGM carries its share: the policy's value, drawn towards the 90 % quantile of what
/// was measured, the more the more was measured. The weight is that of credibility theory, n / (n + k)
/// (H. Bühlmann 1967, https://doi.org/10.1017/S0515036100008989).
/// </summary>
/// <param name="Value">The lead time.</param>
/// <param name="Note">From what it was learned, in words; null when it is the policy's.</param>
public sealed record LeadTime(TimeSpan Value, string? Note)
{
    internal const string Rule = "LEAD_TIME";

    /// <summary>The policy's value counts as much as so many joins (k).</summary>
    private const double PriorJoins = 3;

    // A few odd joins, or a clock that jumped, must neither blind the planner nor make it order hours ahead.
    private const double Least = 0.5;
    private const double Most = 4;

    /// <summary>The lead time of a group as it stands in the fabric; the policy's when it is not there.</summary>
    /// <param name="times">What was learned.</param>
    /// <param name="policy">The group's policy.</param>
    /// <param name="fabric">Where its members are.</param>
    public static LeadTime Of(LearnedTimes times, ScalingPolicy policy, FabricSnapshot fabric)
    {
        ArgumentNullException.ThrowIfNull(times);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(fabric);
        if (fabric.Find(policy.Group) is not { } group)
        {
            return new(policy.LeadTime, null);
        }

        var members = fabric.MembersOf(policy.Group).ToList();
        var serving = group.ServingSiteOf(members);
        return Of(times, policy, members.Where(m => serving is null || m.Site == serving));
    }

    /// <summary>
    /// From the approval until one SGM serves in its new group, without the wait for the approval: what an SGM that is on
    /// its way is held to.
    /// </summary>
    /// <param name="times">What was learned.</param>
    /// <param name="policy">The policy of the group that gets it.</param>
    /// <param name="site">The SGM's site.</param>
    /// <param name="model">The name of its model; null when it is not known, and then the policy's value holds.</param>
    public static TimeSpan OfJoin(LearnedTimes times, ScalingPolicy policy, SiteId site, string? model)
    {
        ArgumentNullException.ThrowIfNull(times);
        ArgumentNullException.ThrowIfNull(policy);
        var learned = times.Joins.FirstOrDefault(j => !j.IsMove && j.Site == site && j.Model == model);
        return learned is null ? policy.LeadTime : Bounded(Drawn(policy.LeadTime, learned.Time), policy);
    }

    /// <summary>The lead time of a group: of its models and sites the one that takes longest, and the approval.</summary>
    /// <param name="times">What was learned.</param>
    /// <param name="policy">The group's policy.</param>
    /// <param name="members">Its members on sites that serve; without any the policy's value holds.</param>
    internal static LeadTime Of(LearnedTimes times, ScalingPolicy policy, IEnumerable<Gateway> members)
    {
        var (join, longest) = Slowest(times, policy, [.. members], moves: false);
        return Sum(times, policy, join, longest);
    }

    /// <summary>
    /// The same for a group that can only be served by SGMs of other groups: a move takes as long as moves took, and no
    /// less than an add, of which it is the second half.
    /// </summary>
    internal static LeadTime OfMove(LearnedTimes times, ScalingPolicy policy, IEnumerable<Gateway> members)
    {
        List<Gateway> all = [.. members];
        var add = Slowest(times, policy, all, moves: false);
        var move = Slowest(times, policy, all, moves: true);
        var (join, longest) = move.Learned is not null && move.Join > add.Join ? move : add;
        return Sum(times, policy, join, longest);
    }

    private static LeadTime Sum(LearnedTimes times, ScalingPolicy policy, TimeSpan join, LearnedJoin? longest)
    {
        var approval = ApprovalOf(times, policy);
        if (longest is null && approval == TimeSpan.Zero)
        {
            return new(policy.LeadTime, null);
        }

        var value = Bounded(join + approval, policy);
        return new(value, Said(value, policy, longest, approval));
    }

    private static TimeSpan Bounded(TimeSpan value, ScalingPolicy policy) =>
        value < policy.LeadTime * Least ? policy.LeadTime * Least
        : value > policy.LeadTime * Most ? policy.LeadTime * Most
        : value;

    // A model or site that nothing is known of takes what the policy says.
    private static (TimeSpan Join, LearnedJoin? Learned) Slowest(
        LearnedTimes times, ScalingPolicy policy, List<Gateway> members, bool moves)
    {
        (TimeSpan Join, LearnedJoin? Learned)? slowest = null;
        var kinds = members.Select(m => (m.Site, Model: m.Model.Name)).Distinct();
        foreach (var (site, model) in kinds.OrderBy(k => k.Site).ThenBy(k => k.Model, StringComparer.Ordinal))
        {
            var learned = times.Joins.FirstOrDefault(j => j.IsMove == moves && j.Site == site && j.Model == model);
            var join = learned is null ? policy.LeadTime : Drawn(policy.LeadTime, learned.Time);
            if (slowest is null || join > slowest.Value.Join)
            {
                slowest = (join, learned);
            }
        }

        return slowest ?? (policy.LeadTime, null);
    }

    // What is enforced waits for nobody.
    private static TimeSpan ApprovalOf(LearnedTimes times, ScalingPolicy policy) =>
        policy.ScaleOutMode == ScalingMode.Recommend
            && times.Approvals.FirstOrDefault(a => a.Group == policy.Group) is { } approval
            ? Drawn(TimeSpan.Zero, approval.Time)
            : TimeSpan.Zero;

    private static TimeSpan Drawn(TimeSpan prior, LearnedTime time) =>
        ((prior * PriorJoins) + (time.P90 * time.Weight)) / (PriorJoins + time.Weight);

    private static string Said(TimeSpan value, ScalingPolicy policy, LearnedJoin? join, TimeSpan approval)
    {
        var learned = join is null
            ? string.Empty
            : Invariant($", learned from {join.Time.Count} {Kind(join)} of model {join.Model} on site {join.Site}");
        var waits = approval == TimeSpan.Zero
            ? string.Empty
            : Invariant($", with {approval.TotalMinutes:F0} min for the approval");
        return Invariant($"lead time {value.TotalMinutes:F0} min{learned}{waits} ")
            + Invariant($"(policy: {policy.LeadTime.TotalMinutes:F0} min)");
    }

    private static string Kind(LearnedJoin join) =>
        (join.IsMove ? "move" : "join") + (join.Time.Count == 1 ? string.Empty : "s");
}
