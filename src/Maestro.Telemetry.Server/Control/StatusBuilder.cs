using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Fabric.Checks;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Autoscaling;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Fabrics;
using Maestro.Telemetry.Server.Forecasting;
using Maestro.Telemetry.Server.Ingest;
using Maestro.Telemetry.Server.Polling;
using Maestro.Telemetry.Server.Receivers.Clocks;
using Wire = Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Server.Control;

/// <summary>Puts together what the server knows into one status.</summary>
internal sealed class StatusBuilder(
    FabricState fabric,
    LatestBoard latest,
    SenderClocks clocks,
    RowCounters ingest,
    StoreHealth health,
    ISampleSpool spool,
    CommandCounters commands,
    PlanBoard board,
    ForecastCounters forecasts,
    BreachMonitor breaches,
    PollBoard polls,
    FabricCheckQuery checks,
    PolicyCatalogue policies,
    ILedger ledger,
    IOptions<FabricOptions> options,
    IOptions<AutoscalerOptions> autoscaler,
    TimeProvider time)
{
    // A sample is usable for five intervals, as it is to the planner.
    private const int UsableIntervals = 5;

    public async Task<Wire.Status> BuildAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var snapshot = fabric.Current;
        var pauses = await ledger.ListPausesAsync(now, cancellationToken);
        var open = await ledger.ListOpenCommandsAsync(cancellationToken);
        var status = new Wire.Status
        {
            Now = now.ToTimestamp(),
            Version = ProductVersion.Current,
            Fabric = options.Value.Name,
            Ingest = Ingest(),
            Commands = new Wire.CommandCounters
            {
                Add = (ulong)commands.Add,
                Remove = (ulong)commands.Remove,
                Move = (ulong)commands.Move,
                Failed = (ulong)commands.Failed,
            },
            Forecasts = (ulong)board.ForecastCount,
            Breaches = (ulong)breaches.Count,
            Pause = WireMapping.ToWire(pauses),
            ApplyLatencySeconds = ApplyLatency(),
        };
        status.Sites.AddRange(Sites(snapshot));
        status.Groups.AddRange(snapshot.Groups.Select(g => Group(g, snapshot, pauses, now)));
        status.Gateways.AddRange(snapshot.Gateways.Select(Gateway));
        status.OpenCommands.AddRange(open.Select(WireMapping.ToWire));
        status.Problems.AddRange(Problems(snapshot));
        return status;
    }

    private static IEnumerable<Wire.Site> Sites(FabricSnapshot snapshot)
    {
        var ids = snapshot.Gateways.Select(g => g.Site).Concat(snapshot.Orchestrators.Select(o => o.Site));
        foreach (var id in ids.Distinct().Order())
        {
            var site = new Wire.Site { Id = id.Value };
            site.Orchestrators.AddRange(snapshot.Orchestrators.Where(o => o.Site == id).Select(o =>
                new Wire.Orchestrator { Id = o.Id, Reachable = o.Reachable, Problem = o.Problem ?? "" }));
            site.Pool.AddRange(snapshot.Pool.Where(g => g.Site == id).Select(g => g.Serial.Value));
            yield return site;
        }
    }

    private Wire.SecurityGroup Group(
        SecurityGroup group, FabricSnapshot snapshot, IReadOnlyList<PauseRecord> pauses, DateTimeOffset now)
    {
        var members = snapshot.MembersOf(group.Id).ToList();
        var policy = policies.Find(group.Id);
        var decision = board.DecisionOf(group.Id);
        var active = members.Where(m => m.State is MemberState.Active).ToList();
        var measured = active.Where(m => IsUsable(m, now)).ToList();
        var work = Sum(measured, m => latest.ValueOf(m.Serial, MetricId.CpuMeanPercent) / 100 * m.Model.Weight);
        var wire = new Wire.SecurityGroup
        {
            Id = group.Id.Value,
            Name = group.Name,
            Priority = policy?.Priority ?? 0,
            Mode = policy is null ? "none" : $"out {policy.ScaleOutMode}, in {policy.ScaleInMode}".ToLowerInvariant(),
            Minimum = policy?.Minimum ?? 0,
            Maximum = policy?.Maximum ?? 0,
            DemandCpuWork = work,
            CapacityCpuWork = active.Sum(m => m.Model.Weight),
            BitsPerSecond = Sum(measured, m => latest.ValueOf(m.Serial, MetricId.ReceivedBitsPerSecond)),
            ConcurrentConnections = Sum(measured, m => latest.ValueOf(m.Serial, MetricId.ConcurrentConnections)),
            ConnectionsPerSecond = Sum(measured, m => latest.ValueOf(m.Serial, MetricId.ConnectionsPerSecond)),
            DesiredMembers = decision?.Desired ?? members.Count,
            ReasonCode = decision is null ? "" : ReasonCodes.ToCode(decision.Reason),
            NextChange = decision?.Sentence ?? "",
            LatestSafeStart = decision?.LatestSafeStart?.ToTimestamp(),
            Utilization = Utilization(work, measured, policy),
            Paused = pauses.Any(p => (p.Group ?? group.Id) == group.Id && members.Exists(m => (p.Site ?? m.Site) == m.Site)),
            LastSample = members.Max(m => latest.NewestOf(m.Serial))?.ToTimestamp(),
        };
        wire.Members.AddRange(members.Select(m => m.Serial.Value));
        return wire;
    }

    // Of those whose work is known, so that a silent member does not pass for an idle one.
    private double Utilization(double work, IEnumerable<Gateway> measured, ScalingPolicy? policy)
    {
        var capacity = measured
            .Where(m => double.IsFinite(latest.ValueOf(m.Serial, MetricId.CpuMeanPercent)))
            .Sum(m => m.Model.Weight);
        return capacity > 0 ? work / capacity / (policy?.TargetUtilization ?? 1) : 0;
    }

    private bool IsUsable(Gateway gateway, DateTimeOffset now) =>
        now - latest.NewestOf(gateway.Serial) <= UsableIntervals * autoscaler.Value.SampleInterval;

    private Wire.Gateway Gateway(Gateway gateway)
    {
        var wire = Values(gateway);
        if (clocks.Of(gateway.Serial) is { } clock)
        {
            wire.Sender = clock.Sender;
            if (clock.Skew is { } skew)
            {
                wire.ClockSkewSeconds = skew.TotalSeconds;
            }
        }

        return wire;
    }

    private Wire.Gateway Values(Gateway gateway) => new()
    {
        Serial = gateway.Serial.Value,
        Site = gateway.Site.Value,
        SecurityGroup = gateway.Group?.Value ?? 0,
        MemberId = gateway.MemberId ?? 0,
        Model = gateway.Model.Name,
        Release = gateway.Release.Name,
        State = gateway.State.ToString(),
        Weight = gateway.Model.Weight,
        CpuMeanPercent = Known(latest.ValueOf(gateway.Serial, MetricId.CpuMeanPercent)),
        CpuBusiestCorePercent = Known(latest.ValueOf(gateway.Serial, MetricId.CpuBusiestCorePercent)),
        MemoryUsedPercent = Known(latest.ValueOf(gateway.Serial, MetricId.MemoryUsedPercent)),
        BitsPerSecond = Known(latest.ValueOf(gateway.Serial, MetricId.ReceivedBitsPerSecond)),
        ConcurrentConnections = Known(latest.ValueOf(gateway.Serial, MetricId.ConcurrentConnections)),
        ConnectionsPerSecond = Known(latest.ValueOf(gateway.Serial, MetricId.ConnectionsPerSecond)),
        LastSample = latest.NewestOf(gateway.Serial)?.ToTimestamp(),
    };

    private Wire.IngestCounters Ingest()
    {
        var counters = new Wire.IngestCounters
        {
            Accepted = (ulong)ingest.Accepted,
            Refused = (ulong)ingest.Refused,
            Stored = (ulong)ingest.Stored,
            Merged = (ulong)ingest.Merged,
            Spooled = (ulong)spool.Statistics.Rows,
            Expired = (ulong)ingest.Expired,
            Duplicates = (ulong)ingest.Duplicates,
            Streams = (ulong)ingest.OpenStreams,
        };
        foreach (var (reason, count) in ingest.RefusedByReason)
        {
            counters.RefusedByReason[reason] = (ulong)count;
        }

        return counters;
    }

    private Wire.Latency ApplyLatency()
    {
        var seconds = commands.ApplySeconds();
        return new Wire.Latency
        {
            Count = (ulong)seconds.Length,
            P50 = Percentile(seconds, 0.50),
            P99 = Percentile(seconds, 0.99),
        };
    }

    private IEnumerable<string> Problems(FabricSnapshot snapshot)
    {
        if (fabric.Problem is { } unread)
        {
            yield return unread;
        }

        if (health.Problem is { } unwritten)
        {
            yield return unwritten;
        }

        foreach (var skewed in clocks.Problems())
        {
            yield return skewed;
        }

        foreach (var orchestrator in snapshot.Orchestrators.Where(o => !o.Reachable))
        {
            yield return $"Orchestrator {orchestrator.Id} does not answer: {orchestrator.Problem}";
        }

        foreach (var unasked in polls.Problems)
        {
            yield return unasked;
        }

        foreach (var change in snapshot.PendingChanges)
        {
            yield return $"Staged and not applied on the Orchestrator: {change.Description}";
        }

        foreach (var (series, score) in forecasts.Unusual.OrderBy(u => (u.Series.Group, u.Series.Resource)))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Demand of {series} is unusual: the newest value is {Math.Abs(score):F1} standard deviations ")
                + (score < 0 ? "below what was forecast." : "above what was forecast.");
        }

        foreach (var finding in checks.Findings().Where(f => f.Severity == FindingSeverity.Error))
        {
            yield return $"Against a rule of Maestro: {finding}";
        }

        foreach (var breach in breaches.Standing)
        {
            yield return breach;
        }
    }

    // The nearest-rank percentile of an ascending list; 0 when it is empty.
    private static double Percentile(double[] ascending, double level) =>
        ascending.Length == 0 ? 0 : ascending[(int)Math.Ceiling(level * ascending.Length) - 1];

    private static double Sum(IEnumerable<Gateway> members, Func<Gateway, double> value) =>
        members.Select(value).Where(double.IsFinite).Sum();

    private static double Known(double value) => double.IsFinite(value) ? value : 0;
}
