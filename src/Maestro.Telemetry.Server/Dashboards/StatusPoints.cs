using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using Wire = Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Server.Dashboards;

/// <summary>What the status says, as points.</summary>
internal static class StatusPoints
{
    private const string Active = "Active";

    public static IEnumerable<DataPoint> Of(Wire.Status status)
    {
        var at = status.Now.ToDateTimeOffset();
        return
        [
            Fabric(status, at),
            .. status.Sites.Select(site => Site(status, site, at)),
            .. status.Groups.Select(group => Group(status, group, at)),
            .. status.Groups.SelectMany(group => Demand(status, group, at)),
            .. status.Gateways.Select(gateway => Member(status, gateway, at)),
            .. status.Problems.Select((problem, i) => Problem(status, problem, i, at)),
        ];
    }

    private static DataPoint Fabric(Wire.Status status, DateTimeOffset at) => new(
        PointNames.Fabric,
        [(PointNames.FabricTag, status.Fabric)],
        new FieldList()
            .Count("groups", status.Groups.Count)
            .Count("sgms", status.Gateways.Count)
            .Count("pool", status.Sites.Sum(s => s.Pool.Count))
            .Count("open_commands", status.OpenCommands.Count)
            .Count("problems", status.Problems.Count)
            .Count("breaches", (long)status.Breaches)
            .Count("forecasts", (long)status.Forecasts)
            .Count("adds", (long)status.Commands.Add)
            .Count("removes", (long)status.Commands.Remove)
            .Count("moves", (long)status.Commands.Move)
            .Count("failed", (long)status.Commands.Failed)
            .Count("pauses", status.Pause.Pauses.Count)
            .Text("version", status.Version)
            .All,
        at);

    private static DataPoint Site(Wire.Status status, Wire.Site site, DateTimeOffset at) => new(
        PointNames.Site,
        [(PointNames.FabricTag, status.Fabric), (PointNames.SiteTag, Number(site.Id))],
        new FieldList()
            .Count("sgms", status.Gateways.Count(g => g.Site == site.Id))
            .Count("pool", site.Pool.Count)
            .Count("orchestrators", site.Orchestrators.Count)
            .Count("orchestrators_reachable", site.Orchestrators.Count(o => o.Reachable))
            .All,
        at);

    private static DataPoint Group(Wire.Status status, Wire.SecurityGroup group, DateTimeOffset at)
    {
        var gateways = status.Gateways.Where(g => g.SecurityGroup == group.Id).ToList();
        var fields = new FieldList()
            .Count("members", group.Members.Count)
            .Count("active", gateways.Count(g => g.State == Active))
            .Count("desired", group.DesiredMembers)
            .Count("minimum", group.Minimum)
            .Count("maximum", group.Maximum)
            .Count("priority", group.Priority)
            .Number("demand_units", group.DemandCpuWork)
            .Number("capacity_units", group.CapacityCpuWork)
            .Number("headroom_units", group.CapacityCpuWork - group.DemandCpuWork)
            .Number("utilization", group.Utilization)
            .Flag("paused", group.Paused)
            .Text("mode", group.Mode)
            .Text("reason", group.ReasonCode)
            .Text("next_change", group.NextChange)
            .Number("sample_age_seconds", Age(group.LastSample, at));
        if (group.LatestSafeStart is { } start)
        {
            fields.Number("latest_safe_start_in_seconds", (start.ToDateTimeOffset() - at).TotalSeconds);
        }

        return new(PointNames.Group, GroupTags(status, group), fields.All, at);
    }

    private static IEnumerable<DataPoint> Demand(Wire.Status status, Wire.SecurityGroup group, DateTimeOffset at)
    {
        (Resource Resource, double Value, double Capacity)[] demands =
        [
            (Resource.CpuWork, group.DemandCpuWork, group.CapacityCpuWork),
            (Resource.BitsPerSecond, group.BitsPerSecond, double.NaN),
            (Resource.ConcurrentConnections, group.ConcurrentConnections, double.NaN),
            (Resource.ConnectionsPerSecond, group.ConnectionsPerSecond, double.NaN),
        ];
        return demands.Where(d => double.IsFinite(d.Value)).Select(d => new DataPoint(
            PointNames.Demand,
            [.. GroupTags(status, group), (PointNames.ResourceTag, ResourceNames.ToName(d.Resource))],
            new FieldList().Number("value", d.Value).Number("capacity", d.Capacity).All,
            at));
    }

    private static DataPoint Member(Wire.Status status, Wire.Gateway gateway, DateTimeOffset at) => new(
        PointNames.Member,
        [
            (PointNames.FabricTag, status.Fabric),
            (PointNames.GroupTag, gateway.SecurityGroup == 0 ? "" : Number(gateway.SecurityGroup)),
            (PointNames.SerialTag, gateway.Serial),
            (PointNames.SiteTag, Number(gateway.Site)),
        ],
        new FieldList()
            .Text("state", gateway.State)
            .Flag("active", gateway.State == Active)
            .Count("member_id", gateway.MemberId)
            .Number("weight", gateway.Weight)
            .Text("model", gateway.Model)
            .Text("release", gateway.Release)
            .Number("sample_age_seconds", Age(gateway.LastSample, at))
            .Number("clock_skew_seconds", gateway.HasClockSkewSeconds ? gateway.ClockSkewSeconds : double.NaN)
            .Text("sender", gateway.Sender)
            .All,
        at);

    private static DataPoint Problem(Wire.Status status, string problem, int index, DateTimeOffset at) => new(
        PointNames.Problem,
        [(PointNames.FabricTag, status.Fabric), ("number", Number(index + 1))],
        new FieldList().Text("sentence", problem).All,
        at);

    private static (string Name, string Value)[] GroupTags(Wire.Status status, Wire.SecurityGroup group) =>
    [
        (PointNames.FabricTag, status.Fabric),
        (PointNames.GroupNameTag, group.Name),
        (PointNames.GroupTag, Number(group.Id)),
    ];

    private static double Age(Timestamp? sample, DateTimeOffset at) =>
        sample is null ? double.NaN : Math.Max(0, (at - sample.ToDateTimeOffset()).TotalSeconds);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
