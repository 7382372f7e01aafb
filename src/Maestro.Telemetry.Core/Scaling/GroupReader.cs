using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Scaling;

/// <summary>Reads the state of one group out of the input.</summary>
internal static class GroupReader
{
    public static GroupState Read(PlannerInput input, ScalingPolicy policy, SecurityGroup group)
    {
        ImmutableArray<Gateway> members = [.. input.Fabric.MembersOf(group.Id)];
        ImmutableArray<ScalingCommand> open =
            [.. input.Commands.Where(c => c.IsOpen && c.Touches(group.Id)).OrderBy(c => c.Id, StringComparer.Ordinal)];
        var servingSite = ServingSiteOf(group, members);
        var telemetry = input.Telemetry.FirstOrDefault(t => t.Group == group.Id);
        var (forecasts, problems) = ForecastsOf(input, group.Id);
        var (serving, joining, proposed) = Capacity(input.Fabric, group.Id, members, open, servingSite);

        var state = new GroupState
        {
            Group = group,
            Policy = policy,
            Members = members,
            ServingSite = servingSite,
            Release = ReleaseOf(members),
            Telemetry = telemetry,
            Verdict = TelemetryRules.Judge(telemetry, members, input.Now),
            Forecasts = forecasts,
            ForecastProblems = problems,
            Open = open,
            Serving = serving,
            Joining = joining,
            Proposed = proposed,
            Claims = Claims(group.Id, members, open),
            IsEmergency = IsEmergency(input, policy, telemetry, serving),
            OutOfBandAt = MemoryRules.OutOfBandAt(input, group.Id, members),
        };
        state.Need = DesiredCapacity.Of(input, state, policy.LeadTime + PlannerRules.Guard);
        state.LongNeed = DesiredCapacity.Of(input, state, policy.ScaleInHorizon);
        state.LatestSafeStart = LatestStart.Of(input, state);
        return state;
    }

    private static bool IsEmergency(
        PlannerInput input, ScalingPolicy policy, GroupTelemetry? telemetry, ImmutableArray<Gateway> serving)
    {
        var units = serving.Sum(g => g.Model.Weight);
        return DesiredCapacity.LimitingResources(input).Any(r =>
            TelemetryRules.Measured(telemetry, r)
                > units * DesiredCapacity.UnitCapacity(input, r) * policy.HardUtilization);
    }

    // The standby site serves nothing, so only one site is capacity. Sizing for the take-over is a later refinement:
    // until then the smaller site is not grown to match.
    private static SiteId? ServingSiteOf(SecurityGroup group, ImmutableArray<Gateway> members) =>
        group.Mode is ClusteringMode.ActiveStandby or ClusteringMode.VsxActiveStandby && !members.IsEmpty
            ? members
                .GroupBy(m => m.Site)
                .OrderByDescending(s => s.Count(m => m.State == MemberState.Active))
                .ThenBy(s => s.Key)
                .First().Key
            : null;

    private static Release? ReleaseOf(ImmutableArray<Gateway> members) =>
        members.IsEmpty
            ? null
            : members
                .GroupBy(m => m.Release)
                .OrderByDescending(r => r.Count())
                .ThenBy(r => r.Key)
                .ThenBy(r => r.Key.Name, StringComparer.Ordinal)
                .First().Key;

    private static (ImmutableArray<Gateway> Serving, ImmutableArray<Gateway> Joining, ImmutableArray<Gateway> Proposed)
        Capacity(
            FabricSnapshot fabric,
            SecurityGroupId id,
            ImmutableArray<Gateway> members,
            ImmutableArray<ScalingCommand> open,
            SiteId? servingSite)
    {
        var leaving = open.Where(c => c.IsInFlight && c.From == id).Select(c => c.Serial).ToHashSet();
        var coming = open.Where(c => c.IsInFlight && c.To == id).Select(c => c.Serial).ToHashSet();
        var proposed = open
            .Where(c => c.State == CommandState.Proposed && c.To == id)
            .Select(c => c.Serial)
            .ToHashSet();

        // Another group's member counts as soon as its move is in flight, and an SGM that shows up here counts once.
        var staying = members.Where(m => !leaving.Contains(m.Serial) && Counts(m)).ToList();
        var arriving = coming.Select(fabric.Find).OfType<Gateway>().Where(g => g.Group != id && Counts(g));
        var joining = staying.Where(m => m.State != MemberState.Active && IsJoining(m)).Concat(arriving);
        var maybe = proposed.Select(fabric.Find).OfType<Gateway>().Where(g => g.Group != id && Counts(g));
        return (
            [.. staying.Where(m => m.State == MemberState.Active)],
            [.. joining.OrderBy(Serial, StringComparer.Ordinal)],
            [.. maybe.OrderBy(Serial, StringComparer.Ordinal)]);

        bool Counts(Gateway gateway) => servingSite is null || gateway.Site == servingSite;

        // A state that we do not know is given the benefit of the doubt: it must not start a storm of adds.
        bool IsJoining(Gateway member) =>
            member.State is MemberState.Init or MemberState.Ready or MemberState.Unknown
            || coming.Contains(member.Serial);

        static string Serial(Gateway gateway) => gateway.Serial.Value;
    }

    private static ImmutableArray<(GatewaySerial Serial, SiteId Site)> Claims(
        SecurityGroupId id, ImmutableArray<Gateway> members, ImmutableArray<ScalingCommand> open) =>
        [.. members.Select(m => (m.Serial, m.Site))
            .Concat(open.Where(c => c.To == id).Select(c => (c.Serial, c.Site)))
            .DistinctBy(c => c.Serial)];

    private static (ImmutableSortedDictionary<Resource, DemandForecast> Usable,
        ImmutableSortedDictionary<Resource, string> Problems) ForecastsOf(PlannerInput input, SecurityGroupId id)
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
            if (ForecastRules.Problem(newest, input.Now) is { } problem)
            {
                problems[resource] = problem;
            }
            else
            {
                usable[resource] = newest!;
            }
        }

        return (usable.ToImmutable(), problems.ToImmutable());
    }
}
