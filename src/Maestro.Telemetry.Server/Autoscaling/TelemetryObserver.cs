using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Forecasting;
using Maestro.Telemetry.Server.Ingest;

namespace Maestro.Telemetry.Server.Autoscaling;

/// <summary>What is measured of a group now, for the planner.</summary>
internal sealed class TelemetryObserver(
    LatestBoard latest, DemandBoard demand, IOptions<AutoscalerOptions> options, IOptions<FabricOptions> fabricOptions)
{
    // A member's sample is fresh for two intervals.
    private const int FreshIntervals = 2;

    private const int MostKnown = 10;
    private const int MinutesOfHour = 60;

    private static readonly TimeSpan LongestUnchanged = TimeSpan.FromHours(24);

    public GroupTelemetry Observe(ScalingPolicy policy, FabricSnapshot fabric, DateTimeOffset now)
    {
        var group = policy.Group;
        var interval = options.Value.SampleInterval;
        var active = fabric.MembersOf(group).Where(m => m.State is MemberState.Active).ToList();
        var newest = active.Select(m => latest.NewestOf(m.Serial)).ToList();
        var fresh = newest.Count(time => time is { } taken && now - taken <= FreshIntervals * interval);
        var series = Enum.GetValues<Resource>()
            .ToDictionary(resource => resource, resource => demand.Recent(group, resource, DateTimeOffset.UnixEpoch));
        var known = Limiting(series);

        // Samples that come less often than the steps may leave one more empty, as late as they are by a little.
        var between = interval < DemandBoard.Minute ? 0 : (int)Math.Ceiling(interval / DemandBoard.Minute);
        var worst = Known(series, one => DemandSeries.WorstOfLast(one, 2));
        return new GroupTelemetry
        {
            Group = group,
            Demand = worst,
            KnownInARow = (int)Fewest(known, one => DemandSeries.KnownInARow(one, between, MostKnown)),
            KnownShareOfHour = Fewest(known, one => DemandSeries.KnownShare(one, between, MinutesOfHour)),
            UnchangedFor = series.Values.Select(one => DemandSeries.UnchangedFor(one, LongestUnchanged)).Min() ?? TimeSpan.Zero,
            NewestSample = newest.Max(),
            Coverage = active.Count == 0 ? 0 : (double)fresh / active.Count,
            SampleInterval = interval,
            Members = [.. active.Where(m => now - latest.NewestOf(m.Serial) <= FreshIntervals * interval).Select(Load)],
            Highest = Highest(group, now),
            HighestOfDay = policy.RemoveWithoutForecast
                ? Known(series, one => DemandSeries.WorstOfWhole(one, TimeSpan.FromDays(1)))
                : ImmutableSortedDictionary<Resource, double>.Empty,
        };
    }

    /// <summary>What limits an SGM and is sent: of the rest, a lost sample decides nothing.</summary>
    private List<TimeSeries> Limiting(Dictionary<Resource, TimeSeries> series) =>
    [
        .. UnitCapacities.Limiting(fabricOptions.Value.UnitCapacity())
            .Select(resource => series[resource])
            .Where(one => DemandSeries.KnownShare(one, between: 0, MinutesOfHour) > 0),
    ];

    private static double Fewest(List<TimeSeries> series, Func<TimeSeries, double> count) =>
        series.Select(count).DefaultIfEmpty().Min();

    private MemberLoad Load(Gateway member)
    {
        var core = latest.ValueOf(member.Serial, MetricId.CpuBusiestCorePercent) / 100;
        return new(
            member.Serial,
            latest.ValueOf(member.Serial, MetricId.CpuMeanPercent) / 100,
            double.IsFinite(core) ? core : null);
    }

    private ImmutableSortedDictionary<Resource, double> Highest(SecurityGroupId group, DateTimeOffset now)
    {
        var highest = ImmutableSortedDictionary.CreateBuilder<Resource, double>();
        foreach (var resource in Enum.GetValues<Resource>())
        {
            if (demand.HighestOf(group, resource, now) is { } value)
            {
                highest[resource] = value;
            }
        }

        return highest.ToImmutable();
    }

    private static ImmutableSortedDictionary<Resource, double> Known(
        Dictionary<Resource, TimeSeries> series, Func<TimeSeries, double> read)
    {
        var worst = ImmutableSortedDictionary.CreateBuilder<Resource, double>();
        foreach (var (resource, minutes) in series)
        {
            var value = read(minutes);
            if (double.IsFinite(value))
            {
                worst[resource] = value;
            }
        }

        return worst.ToImmutable();
    }
}
