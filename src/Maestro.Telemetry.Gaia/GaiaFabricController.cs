using System.Diagnostics.Metrics;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Maestro.Telemetry.Gaia;

/// <summary>
/// The Orchestrators of one Maestro environment through their Gaia API. Readings and changes take turns, so that a
/// reading never shows a change of ours half made.
/// </summary>
public sealed partial class GaiaFabricController : IFabricController, IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly OrchestratorPool _pool;
    private readonly TopologySource _source;
    private readonly SnapshotBuilder _snapshots;
    private readonly MembershipApplier _applier;
    private readonly GaiaMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal GaiaFabricController(
        GaiaOptions options,
        GaiaCredentialsProvider credentials,
        Func<OrchestratorOptions, HttpMessageHandler> handlers,
        TimeProvider time,
        ILoggerFactory loggers,
        IMeterFactory? meters)
    {
        _time = time;
        _logger = loggers.CreateLogger<GaiaFabricController>();
        _metrics = new(meters);

        // Time to connect and to answer; a reading should not wait longer for one that it does not need.
        _pool = new(
            [.. options.Orchestrators.Select(Client)],
            new(options.ConnectTimeout * 2, time, loggers.CreateLogger<SyncPortReader>()),
            options.ConnectTimeout * 2,
            time,
            loggers.CreateLogger<OrchestratorPool>());
        _source = new(_pool, loggers.CreateLogger<TopologySource>());
        _snapshots = new(
            new(options.ApplianceModels, options.ReferenceCores), loggers.CreateLogger<SnapshotBuilder>());
        _applier = new(_pool, _source, options, time);

        GaiaClient Client(OrchestratorOptions orchestrator)
        {
            var transport = new GaiaTransport(orchestrator, options, handlers(orchestrator), time, _metrics);
            var session = new GaiaSession(
                transport, credentials, options, time, loggers.CreateLogger<GaiaSession>());
            var tasks = new GaiaTaskFollower(
                transport.Orchestrator, session, options, time, loggers.CreateLogger<GaiaTaskFollower>());
            return new(orchestrator, session, tasks);
        }
    }

    /// <summary>Makes a controller; nothing is sent before the first reading.</summary>
    /// <param name="credentials">Asked at each login; null reads what the options name.</param>
    /// <exception cref="OptionsValidationException">The options are wrong; it has all that is wrong.</exception>
    public static GaiaFabricController Create(
        GaiaOptions options,
        TimeProvider time,
        ILoggerFactory loggers,
        IMeterFactory? meters = null,
        GaiaCredentialsProvider? credentials = null)
    {
        var errors = GaiaOptionsValidator.Check(options)
            .Where(e => credentials is null || !e.Key.Contains(":Password", StringComparison.Ordinal))
            .ToArray();
        if (errors.Length > 0)
        {
            throw new OptionsValidationException(
                GaiaOptions.SectionName, typeof(GaiaOptions), errors.Select(e => e.ToString()));
        }

        return new(
            options,
            credentials ?? new ConfiguredCredentials(options).GetAsync,
            orchestrator => GaiaHandler.Create(orchestrator, options),
            time,
            loggers,
            meters);
    }

    public async Task<FabricSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var probes = _pool.ProbeOthersAsync(cancellationToken);
            var (view, readAt) = await ReadViewAsync(probes, cancellationToken);
            await _pool.RefreshPortsAsync(cancellationToken);
            return _snapshots.Build(view, readAt, _pool.Statuses);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task<ApplyResult> ApplyAsync(MembershipChange change, CancellationToken cancellationToken)
    {
        if (change.From == change.To || change.From?.Value < 1 || change.To?.Value < 1)
        {
            throw new ArgumentException($"'{change}' changes nothing or names a group below 1.", nameof(change));
        }

        await _turn.WaitAsync(cancellationToken);
        ApplyOutcome? outcome = null;
        try
        {
            var result = await _applier.ApplyAsync(change, cancellationToken);
            outcome = result.Outcome;
            LogChange(change.Serial, change.From, change.To, result.Outcome, result.Reason);
            return result;
        }
        catch (GaiaException e)
        {
            LogChangeFailed(change.Serial, change.From, change.To, e.MayHaveHappened, e.Message);
            throw;
        }
        finally
        {
            _metrics.Changed(outcome);
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync();
        _metrics.Dispose();
    }

    private async Task<(TopologyView View, DateTimeOffset ReadAt)> ReadViewAsync(
        Task probes, CancellationToken cancellationToken)
    {
        try
        {
            var readAt = _time.GetUtcNow();
            return (await _source.ReadAsync(cancellationToken), readAt);
        }
        finally
        {
            // Awaited whatever the reading came to, so that no probe outlives its turn.
            await probes;
        }
    }

    [LoggerMessage(3040, LogLevel.Information, "SGM {Serial} from group {From} to {To}: {Outcome}. {Reason}")]
    private partial void LogChange(
        GatewaySerial serial, SecurityGroupId? from, SecurityGroupId? to, ApplyOutcome outcome, string reason);

    [LoggerMessage(3041, LogLevel.Error,
        "SGM {Serial} from group {From} to {To}: no usable answer (may have happened: {MayHaveHappened}). {Reason}")]
    private partial void LogChangeFailed(
        GatewaySerial serial, SecurityGroupId? from, SecurityGroupId? to, bool mayHaveHappened, string reason);
}
