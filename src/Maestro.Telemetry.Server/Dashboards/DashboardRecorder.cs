using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Control;
using Maestro.Telemetry.Server.Forecasting;
using Maestro.Telemetry.Server.Ingest;

namespace Maestro.Telemetry.Server.Dashboards;

/// <summary>Gathers what dashboards show, and what of it is new since the last time.</summary>
internal sealed class DashboardRecorder(
    StatusBuilder status,
    RowCounters rows,
    ISampleSpool spool,
    StoreHealth store,
    ForecastCounters forecasts,
    FabricCheckQuery checks,
    ILedger ledger,
    IOptions<FabricOptions> fabric,
    TimeProvider time)
{
    private const int MostDecisions = 1_000;

    // As many as a fabric decides between two recordings; all are asked for only when these do not reach back far enough.
    private const int FewDecisions = 100;
    private const int MostCommands = 1_000;

    // Written again after a restart or an outage: the same point replaces itself.
    private static readonly TimeSpan LookBack = TimeSpan.FromHours(24);

    // A command goes through its states within this; after it, it does not change.
    private static readonly TimeSpan CommandsChange = TimeSpan.FromHours(2);

    // A record is in the ledger some time after the moment that it is of.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(30);

    private DateTimeOffset? _decisionsUntil;

    /// <exception cref="StoreUnavailableException">
    /// The sink or the ledger cannot be used now; decisions and commands are made up for by a later recording.
    /// </exception>
    public async Task RecordAsync(IPointSink sink, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var name = fabric.Value.Name;
        var decisions = await NewDecisionsAsync(now, cancellationToken);
        var since = now - (_decisionsUntil is null ? LookBack : CommandsChange);
        var commands = await ledger.ListCommandsAsync(since, MostCommands, cancellationToken);
        List<DataPoint> points =
        [
            .. StatusPoints.Of(await status.BuildAsync(cancellationToken)),
            .. CollectorPoints.Of(name, rows, spool.Statistics, store.Problem is null, now),
            .. forecasts.All.Select(f => ForecastHealthPoints.Of(name, f.Series, f.Health, f.Trusted, now)),
            .. checks.Findings().Select(f => FindingPoints.Of(name, f, now)),
            .. decisions.Select(d => LedgerPoints.Of(name, d)),
            .. commands.SelectMany(c => LedgerPoints.Of(name, c)),
        ];
        await sink.WritePointsAsync(points, cancellationToken);
        _decisionsUntil = now;
    }

    private async Task<IEnumerable<Scaling.DecisionRecord>> NewDecisionsAsync(
        DateTimeOffset now, CancellationToken cancellationToken)
    {
        var from = (_decisionsUntil - Overlap) ?? now - LookBack;
        var newest = await ledger.ListDecisionsAsync(null, now, FewDecisions, cancellationToken);
        if (newest.Count == FewDecisions && newest.All(d => d.Time >= from))
        {
            newest = await ledger.ListDecisionsAsync(null, now, MostDecisions, cancellationToken);
        }

        return newest.Where(d => d.Time >= from);
    }
}
