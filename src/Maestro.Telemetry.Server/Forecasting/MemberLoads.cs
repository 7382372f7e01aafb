using System.Globalization;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Autoscaling;
using Maestro.Telemetry.Server.Fabrics;
using Maestro.Telemetry.Server.Ingest;

namespace Maestro.Telemetry.Server.Forecasting;

/// <summary>What single members are expected to carry: the group's forecast, split as they usually share it.</summary>
internal sealed class MemberLoads(FabricState fabric, LatestBoard latest, PlanBoard board)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SecurityGroupId, MemberShares> _shares = [];

    /// <summary>Takes what members carry now.</summary>
    public void Observe()
    {
        var snapshot = fabric.Current;
        lock (_gate)
        {
            foreach (var group in snapshot.Groups)
            {
                if (!_shares.TryGetValue(group.Id, out var shares))
                {
                    _shares[group.Id] = shares = new();
                }

                shares.Observe(Active(snapshot, group.Id).Select(m => KeyValuePair.Create(
                    m.Serial, latest.ValueOf(m.Serial, MetricId.CpuMeanPercent) / 100 * m.Model.Weight)));
            }
        }
    }

    /// <summary>The busiest member to come, and what the loss of it would mean; nothing without a trusted forecast.</summary>
    public IReadOnlyList<string> Explain(ScalingPolicy policy)
    {
        var snapshot = fabric.Current;
        Gateway[] active = [.. Active(snapshot, policy.Group)];
        if (active.Length < 2
            || board.ForecastOf(policy.Group, Resource.CpuWork) is not { Trust.Trusted: true, Steps: > 0 } forecast)
        {
            return [];
        }

        var lead = board.LeadTimeOf(policy);
        var step = ForecastQuantiles.StepBefore(forecast, forecast.IssuedAt + lead);
        var demand = ForecastQuantiles.PathMaximum(forecast, step, policy.Quantile);
        var (busiest, load) = Busiest(policy.Group, demand, active);
        var (next, more) = Busiest(policy.Group, demand, [.. active.Where(m => m != busiest)]);
        return
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"Within {lead.TotalMinutes:F0} min SGM {busiest.Serial} is expected to be the busiest, ")
            + string.Create(CultureInfo.InvariantCulture, $"with up to {load:P0} of its CPU;")
            + string.Create(
                CultureInfo.InvariantCulture, $" without it that would be SGM {next.Serial}, with up to {more:P0}."),
        ];
    }

    private static IEnumerable<Gateway> Active(FabricSnapshot snapshot, SecurityGroupId group) =>
        snapshot.MembersOf(group).Where(m => m.State is MemberState.Active);

    private (Gateway Member, double Utilization) Busiest(SecurityGroupId group, double demand, Gateway[] members)
    {
        lock (_gate)
        {
            var split = _shares.GetValueOrDefault(group, new()).Split(demand, members.Select(m => m.Serial));
            return members.Select(m => (m, split[m.Serial] / m.Model.Weight)).MaxBy(m => m.Item2);
        }
    }
}
