using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;
using static System.FormattableString;

namespace Maestro.Telemetry.Forecasting.Runways;

/// <summary>
/// When groups reach their caps (the policy's maximum, S5, S6) and sites their last SGM. A pure function of its input.
/// </summary>
public static class RunwayPlanner
{
    /// <summary>One runway per limiting resource of a group with a policy; none for another group.</summary>
    public static ImmutableArray<Runway> OfGroup(RunwayInput input, SecurityGroupId id)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Fabric.Find(id) is not { } group || input.Policies.FirstOrDefault(p => p.Group == id) is not { } policy)
        {
            return [];
        }

        var (units, because) = new GroupShape(input, group, policy).Most();
        return
        [
            .. input.Limiting.Select(limiting =>
            {
                var series = input.Demand.GetValueOrDefault((id, limiting.Resource)) ?? Empty;
                var limit = units * limiting.UnitCapacity;
                var estimate = RunwayEstimator.Of(series, limit, input.Options);
                return new Runway
                {
                    Group = id,
                    Resource = limiting.Resource,
                    Limit = limit,
                    Because = because,
                    Estimate = estimate,
                    Sentence = RunwaySentences.Say(
                        $"SG {id} ({group.Name})", $"its cap for {Name(limiting.Resource)}", estimate, limit, input.Options),
                };
            }),
        ];
    }

    /// <summary>
    /// One runway per site on which a group with a policy is: what its groups need there hour by hour, all together, against
    /// all its SGMs, in groups or free.
    /// </summary>
    public static ImmutableArray<Runway> OfSites(RunwayInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        ImmutableArray<(SecurityGroupId Id, GroupShape Shape)> groups =
        [
            .. input.Fabric.Groups
                .Select(g => (Group: g, Policy: input.Policies.FirstOrDefault(p => p.Group == g.Id)))
                .Where(g => g.Policy is not null)
                .Select(g => (g.Group.Id, new GroupShape(input, g.Group, g.Policy!))),
        ];
        return
        [
            .. input.Fabric.Sites
                .Where(site => groups.Any(g => input.Fabric.MembersOf(g.Id).Any(m => m.Site == site)))
                .Select(site => OfSite(input, site, groups)),
        ];
    }

    private static TimeSeries Empty { get; } = new(DateTimeOffset.UnixEpoch, TimeSpan.FromHours(1), default);

    private static Runway OfSite(
        RunwayInput input, SiteId site, ImmutableArray<(SecurityGroupId Id, GroupShape Shape)> groups)
    {
        var usable = input.Fabric.Gateways
            .Where(g => g.Site == site && g.Licensed is not false && g.SyncAddressMatches is not false && g.Model.Weight > 0)
            .ToList();
        var limit = usable.Sum(g => g.Model.Weight);
        var estimate = RunwayEstimator.Of(Needed(input, site, groups), limit, input.Options);
        return new()
        {
            Site = site,
            Limit = limit,
            Because = Invariant($"{usable.Count} SGMs of {limit:0.##} units together, ")
                + Invariant($"{usable.Count(g => g.Group is null)} of them free"),
            Estimate = estimate,
            Sentence = RunwaySentences.Say($"Site {site}", "the last of its SGMs", estimate, limit, input.Options),
        };
    }

    private static TimeSeries Needed(
        RunwayInput input, SiteId site, ImmutableArray<(SecurityGroupId Id, GroupShape Shape)> groups)
    {
        var all = input.Demand.Values.Where(s => s.Count > 0).ToList();
        if (all.Count == 0)
        {
            return Empty;
        }

        var longest = all.MaxBy(s => s.Count)!;
        var needed = new double[longest.Count];
        foreach (var (id, shape) in groups)
        {
            var series = input.Limiting
                .Select(l => (Series: input.Demand.GetValueOrDefault((id, l.Resource)), l.UnitCapacity))
                .Where(l => l.Series is { Count: > 0 })
                .ToList();
            for (var i = 0; i < needed.Length; i++)
            {
                // Before its first hour a group was not there.
                var values = series
                    .Where(l => i >= needed.Length - l.Series!.Count)
                    .Select(l => l.Series!.Values.Span[i - (needed.Length - l.Series.Count)] / l.UnitCapacity)
                    .ToList();
                var demand = values.Exists(double.IsNaN) ? double.NaN : values.DefaultIfEmpty(0).Max();
                needed[i] += values.Count == 0 ? 0 : shape.NeededOn(site, demand);
            }
        }

        return new(longest.Start, longest.Step, needed);
    }

    private static string Name(Resource resource) => resource switch
    {
        Resource.CpuWork => "CPU work",
        Resource.BitsPerSecond => "throughput",
        Resource.ConcurrentConnections => "concurrent connections",
        Resource.ConnectionsPerSecond => "connection rate",
        _ => throw new ArgumentOutOfRangeException(nameof(resource), resource, "Not a resource."),
    };
}
