using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Scaling.Guards;
using Maestro.Telemetry.Scaling.Learning;
using Maestro.Telemetry.Scaling.Outlooks;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Scaling;

/// <summary>Reads the state of one group out of the input.</summary>
internal static class GroupReader
{
    /// <param name="input">All that the plan depends on.</param>
    /// <param name="policy">The group's policy.</param>
    /// <param name="group">The group.</param>
    /// <param name="free">SGMs in no group, by site.</param>
    public static GroupState Read(
        PlannerInput input, ScalingPolicy policy, SecurityGroup group, ILookup<SiteId, Gateway> free)
    {
        ImmutableArray<Gateway> members = [.. input.Fabric.MembersOf(group.Id)];
        ImmutableArray<ScalingCommand> open =
            [.. input.Commands.Where(c => c.IsOpen && c.Touches(group.Id)).OrderBy(c => c.Id, StringComparer.Ordinal)];
        var servingSite = group.ServingSiteOf(members);
        var telemetry = input.Telemetry.FirstOrDefault(t => t.Group == group.Id);
        var memory = input.Memory.Groups.GetValueOrDefault(group.Id.Value);
        var verdict = TelemetryRules.Judge(telemetry, members, memory, input.Now);
        var (forecasts, problems) = ForecastsOf(input, group.Id, telemetry, verdict);
        var failed = FailedJoins.Of(input, group.Id, members);
        var capacity = Capacity.Read(input, group.Id, members, open, failed, servingSite);
        var release = ReleaseOf(members);

        var state = new GroupState
        {
            Group = group,
            Policy = policy,
            Members = members,
            ServingSite = servingSite,
            Release = release,
            Telemetry = telemetry,
            Verdict = verdict,
            Forecasts = forecasts,
            ForecastProblems = problems,
            Open = open,
            Serving = capacity.Serving,
            Joining = capacity.Joining,
            Proposed = capacity.Proposed,
            Standby = capacity.Standby,
            FailedJoins = failed,
            LateJoins = FailedJoins.Late(input, group.Id, members),
            Claims = Claims(group.Id, members, open),
            Learned = LeadTimeOf(
                input, policy, [.. members.Where(m => servingSite is null || m.Site == servingSite)], release, free),
            IsEmergency = IsEmergency(input, policy, telemetry, capacity.Serving),
            OutOfBandAt = MemoryRules.OutOfBandAt(input, group.Id, members),
            Guards = GuardReader.Read(input, policy, telemetry, verdict, capacity.Serving),
        };
        state.Ladder = LadderOf(input, state);
        state.Outlook = DemandOutlook.Of(input, state);
        state.Path = state.Outlook is { } outlook
            ? CapacityPath.Cheapest(outlook, state.Ladder, state.Quantile, policy.SwitchingCost)
            : null;
        state.Surge = SurgeHold.Of(input, state);
        state.Need = DesiredCapacity.ToServe(input, state);
        state.LongNeed = DesiredCapacity.ToKeep(input, state);
        state.SiteLossUnits = SiteLoss.Needed(input, state, state.Need);
        state.LatestSafeStart = LatestStart.Of(state);
        GuardReader.Note(state);
        LearnedNotes.Add(input, state);
        return state;
    }

    private static CapacityLadder LadderOf(PlannerInput input, GroupState state) => new(
        [.. state.Committed.Select(g => g.Model.Weight)],
        CapRules.MaximumOf(input, state.Policy),
        state.Policy,
        input.Efficiencies.GetValueOrDefault(state.Id));

    private static bool IsEmergency(
        PlannerInput input, ScalingPolicy policy, GroupTelemetry? telemetry, ImmutableArray<Gateway> serving)
    {
        var units = serving.Sum(g => g.Model.Weight);
        var warming = WarmUp.Of(input, policy, telemetry, serving);
        return DesiredCapacity.LimitingResources(input).Any(r =>
        {
            // An SGM that has just begun to serve says nothing of the others: what it does is left out, and it too.
            var left = r == Resource.CpuWork ? warming : default;
            return TelemetryRules.Measured(telemetry, r) - left.Work
                > (units - left.Units) * DesiredCapacity.UnitCapacity(input, r) * policy.HardUtilization;
        });
    }

    // Where no free SGM fits, it is a move that serves a shortage, and it must be ordered as long ahead as moves take.
    private static LeadTime LeadTimeOf(
        PlannerInput input,
        ScalingPolicy policy,
        ImmutableArray<Gateway> serving,
        Release? release,
        ILookup<SiteId, Gateway> free)
    {
        var learned = input.LeadTimes;
        return learned.Joins.Any(j => j.IsMove)
            && !serving.Select(m => m.Site).Distinct().Any(s => free[s].Any(g => g.Release == release))
                ? LeadTime.OfMove(learned, policy, serving)
                : LeadTime.Of(learned, policy, serving);
    }

    private static Release? ReleaseOf(ImmutableArray<Gateway> members) =>
        members.IsEmpty
            ? null
            : members
                .GroupBy(m => m.Release)
                .OrderByDescending(r => r.Count())
                .ThenBy(r => r.Key)
                .ThenBy(r => r.Key.Name, StringComparer.Ordinal)
                .First().Key;

    private static ImmutableArray<(GatewaySerial Serial, SiteId Site)> Claims(
        SecurityGroupId id, ImmutableArray<Gateway> members, ImmutableArray<ScalingCommand> open) =>
        [.. members.Select(m => (m.Serial, m.Site))
            .Concat(open.Where(c => c.To == id).Select(c => (c.Serial, c.Site)))
            .DistinctBy(c => c.Serial)];

    private static (ImmutableSortedDictionary<Resource, DemandForecast> Usable,
        ImmutableSortedDictionary<Resource, string> Problems) ForecastsOf(
            PlannerInput input, SecurityGroupId id, GroupTelemetry? telemetry, TelemetryVerdict verdict)
    {
        var usable = ImmutableSortedDictionary.CreateBuilder<Resource, DemandForecast>();
        var problems = ImmutableSortedDictionary.CreateBuilder<Resource, string>();
        foreach (var resource in DesiredCapacity.LimitingResources(input))
        {
            var newest = input.Forecasts
                .Where(f => f.Group == id && f.Resource == resource)
                .OrderByDescending(f => f.IssuedAt)
                .ThenBy(f => f.Model, StringComparer.Ordinal)
                .FirstOrDefault();
            var (forecast, problem) = ForecastChoice.Of(input, newest, id, resource, telemetry, verdict);
            if (forecast is not null)
            {
                usable[resource] = forecast;
            }

            if (problem is not null)
            {
                problems[resource] = problem;
            }
        }

        return (usable.ToImmutable(), problems.ToImmutable());
    }
}
