using Google.Protobuf.WellKnownTypes;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasting.Runways;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Autoscaling;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Fabrics;
using Maestro.Telemetry.Server.Forecasting;
using Wire = Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Server.Control;

/// <summary>When groups reach their caps and sites their last SGM.</summary>
internal sealed class RunwayQuery(
    FabricReader reader,
    DemandHistory history,
    PolicyCatalogue policies,
    IOptions<FabricOptions> options,
    TimeProvider time)
{
    /// <summary>The runways of a group and the sites that it is on; of all for 0; null for a group that is not scaled.</summary>
    public async Task<Wire.RunwayResponse?> RunAsync(int group, CancellationToken cancellationToken)
    {
        var current = await reader.ReadFreshAsync(cancellationToken);
        var id = new SecurityGroupId(group);
        if (group != 0 && (current.Find(id) is null || policies.Find(id) is null))
        {
            return null;
        }

        var input = new RunwayInput
        {
            Fabric = current,
            Limits = options.Value.Limits,
            Policies = policies.All,
            Demand = await history.ReadAsync(cancellationToken),
            UnitCapacity = options.Value.UnitCapacity(),
        };
        var groups = current.Groups.Select(g => g.Id).Where(g => group == 0 || g == id);
        var sites = current.MembersOf(id).Select(m => m.Site).ToHashSet();
        var known = input.Demand.Where(d => group == 0 || d.Key.Group == id).Select(d => d.Value.Start).ToList();
        var response = new Wire.RunwayResponse
        {
            Now = time.GetUtcNow().ToTimestamp(),
            HistoryFrom = known.Count == 0 ? null : known.Min().ToTimestamp(),
        };
        response.Runways.AddRange(groups.SelectMany(g => RunwayPlanner.OfGroup(input, g)).Select(ToWire));
        response.Runways.AddRange(
            RunwayPlanner.OfSites(input).Where(r => group == 0 || sites.Contains(r.Site!.Value)).Select(ToWire));
        return response;
    }

    private static Wire.Runway ToWire(Runway runway)
    {
        var estimate = runway.Estimate;
        var wire = new Wire.Runway
        {
            Group = runway.Group?.Value ?? 0,
            Site = runway.Site?.Value ?? 0,
            Resource = runway.Resource is { } resource ? ResourceNames.ToName(resource) : "sgms",
            Limit = runway.Limit,
            Because = runway.Because,
            Status = estimate.Status.ToString(),
            Weeks = estimate.Weeks,
            WeeksNeeded = estimate.WeeksNeeded,
            Reaches = estimate.Reaches?.ToTimestamp(),
            Earliest = estimate.Earliest?.ToTimestamp(),
            Latest = estimate.Latest?.ToTimestamp(),
            Sentence = runway.Sentence,
        };
        if (double.IsFinite(estimate.Level))
        {
            wire.Level = estimate.Level;
            wire.PerWeek = estimate.PerWeek;
            wire.PerWeekLow = estimate.PerWeekLow;
            wire.PerWeekHigh = estimate.PerWeekHigh;
        }

        return wire;
    }
}
