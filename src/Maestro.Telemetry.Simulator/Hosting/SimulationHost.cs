using System.Collections.Immutable;
using Grpc.Net.Client;
using Maestro.Telemetry.Agent;
using Maestro.Telemetry.Simulator.Fabric;
using Maestro.Telemetry.Simulator.Faults;
using Maestro.Telemetry.Simulator.Load;
using Maestro.Telemetry.Simulator.Orchestrators;
using Maestro.Telemetry.Simulator.Scenarios;
using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.Simulator.Hosting;

/// <summary>
/// Runs a scenario: its Orchestrators, an agent for each SGM, the port for faults, and an observer. First
/// <see cref="StartAsync"/>; then, once a collector listens, a history if wanted and <see cref="StartAgents"/>.
/// </summary>
public sealed class SimulationHost : IAsyncDisposable
{
    // Real time: how soon the observer sees what time alone changes.
    private static readonly TimeSpan ObserverPeriod = TimeSpan.FromMilliseconds(100);

    private readonly SimulationOptions _options;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly SimulatorControl? _control;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _runs = [];
    private ImmutableArray<SimulatedAgent> _agents = [];
    private ImmutableArray<GrpcChannel> _channels = [];
    private long _historyAcknowledged;
    private long _historyRefused;
    private bool _stopped;

    /// <param name="time">The clock of the fabric, for example a <see cref="SimulationClock"/>.</param>
    /// <exception cref="ScenarioException">The scenario breaks a rule.</exception>
    public SimulationHost(Scenario scenario, TimeProvider time, SimulationOptions options, ILoggerFactory loggers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Interval, TimeSpan.Zero, nameof(options));
        (_time, _options, _loggers) = (time, options, loggers);
        Fabric = new(scenario, time);
        Load = new(scenario, options.Traces);
        Faults = new(Fabric, Load, time);
        Observer = new(scenario);
        Orchestrators =
        [
            .. scenario.Sites.SelectMany(site => site.Orchestrators, (site, id) => NewOrchestrator(id, site.Id)),
        ];
        Groups = [.. scenario.Groups.Where(g => options.Agentless.Contains(g.Id)).Select(g => NewGroup(g.Id))];
        _control = options.ControlPort is { } port ? new(Faults, () => Counters, port, loggers) : null;
        Fabric.Deployed += OnDeployed;
    }

    public SimulatedFabric Fabric { get; }

    public FabricLoad Load { get; }

    public FaultBoard Faults { get; }

    public FabricObserver Observer { get; }

    public ImmutableArray<SimulatedOrchestrator> Orchestrators { get; }

    /// <summary>The groups that can be asked at an address of their own.</summary>
    public ImmutableArray<SimulatedSecurityGroup> Groups { get; }

    /// <summary>Where faults are taken; null when there is no such port.</summary>
    public Uri? ControlUrl => _control?.Url;

    public SimulationCounters Counters
    {
        get
        {
            var senders = _agents.Select(a => a.Counters).ToList();
            var changes = Observer.Changes;
            return new()
            {
                Agents = senders.Count,
                Enqueued = HistoryRows + senders.Sum(c => c.Enqueued),
                Acknowledged = Interlocked.Read(ref _historyAcknowledged) + senders.Sum(c => c.Acknowledged),
                RefusedByCollector = Interlocked.Read(ref _historyRefused) + senders.Sum(c => c.RefusedByCollector),
                RefusedByOutbox = senders.Sum(c => c.RefusedByOutbox),
                Reconnects = senders.Sum(c => c.Reconnects),
                OrchestratorRequests = Orchestrators.Sum(o => o.Requests),
                Joined = changes.Count(c => c.Kind == ObservedChangeKind.Joined),
                Removed = changes.Count(c => c.Kind == ObservedChangeKind.Removed),
                Breaches = Observer.Breaches.Length,
            };
        }
    }

    private long HistoryRows => Interlocked.Read(ref _historyAcknowledged) + Interlocked.Read(ref _historyRefused);

    /// <summary>Starts the Orchestrators, the agentless groups, the port for faults and the observer.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var orchestrator in Orchestrators)
        {
            await orchestrator.StartAsync(cancellationToken);
        }

        foreach (var group in Groups)
        {
            await group.StartAsync(cancellationToken);
        }

        if (_control is not null)
        {
            await _control.StartAsync(cancellationToken);
        }

        Observer.Observe(Fabric.View());
        _runs.Add(ObserveAsync(_stop.Token));
    }

    /// <summary>
    /// Sends what the SGMs, deployed as they are now, would have sent, and waits until the collector has committed it.
    /// </summary>
    /// <param name="to">The end, not included.</param>
    /// <param name="progress">Told how many rows are settled, and how many there are.</param>
    /// <exception cref="InvalidOperationException">The agents stream already.</exception>
    public async Task<HistoryResult> LoadHistoryAsync(
        Uri collector,
        DateTimeOffset from,
        DateTimeOffset to,
        TimeSpan step,
        IProgress<(long Rows, long Total)>? progress,
        CancellationToken cancellationToken)
    {
        if (_agents is not [])
        {
            throw new InvalidOperationException("The SGMs stream already; load the history before StartAgents.");
        }

        using var channel = _options.Connect(collector);
        var range = new HistoryRange(from, to, step, _options.HistoryCores);
        var result = await HistoryLoader.LoadAsync(
            Fabric.Scenario, Load, Fabric.View(), range, channel, _time, _loggers, progress, cancellationToken);
        Interlocked.Add(ref _historyAcknowledged, result.Acknowledged);
        Interlocked.Add(ref _historyRefused, result.Refused);
        return result;
    }

    /// <summary>
    /// Loads a history that ends now, although now moves on while it is loaded: what has passed meanwhile is loaded
    /// after it, until less than a step is left.
    /// </summary>
    public async Task<HistoryResult> LoadHistoryUntilNowAsync(
        Uri collector,
        DateTimeOffset from,
        TimeSpan step,
        IProgress<(long Rows, long Total)>? progress,
        CancellationToken cancellationToken)
    {
        var sum = new HistoryResult(0, 0, 0, from);
        for (var rounds = 0; rounds < 10 && _time.GetUtcNow() - sum.To >= step; rounds++)
        {
            var steps = (_time.GetUtcNow() - sum.To).Ticks / step.Ticks;
            var next = await LoadHistoryAsync(
                collector, sum.To, sum.To + (step * steps), step, rounds == 0 ? progress : null, cancellationToken);
            sum = new(sum.Rows + next.Rows, sum.Acknowledged + next.Acknowledged, sum.Refused + next.Refused, next.To);
        }

        return sum;
    }

    /// <summary>Lets every SGM stream to a collector, until the host is stopped.</summary>
    /// <exception cref="InvalidOperationException">They stream already.</exception>
    public void StartAgents(Uri collector)
    {
        if (_agents is not [])
        {
            throw new InvalidOperationException("The SGMs stream already.");
        }

        var channel = _options.Connect(collector);
        _channels = [channel];
        var view = Fabric.View();
        var sources = view.Gateways
            .Select(g => new SimulatedGatewaySource(Fabric, Load, Faults, g, _options.LiveCores, _options.Agentless))
            .ToList();
        _agents = [.. view.Gateways.Zip(sources, (gateway, source) =>
            new SimulatedAgent(Fabric.Scenario, gateway, source.Columns, channel, _time, _loggers))];
        var logger = _loggers.CreateLogger<AgentRunner>();
        _runs.AddRange(_agents.Zip(sources, (agent, source) =>
            agent.RunAsync(source, _options.Interval, _time, logger, _stop.Token)));

        // One may have been deployed elsewhere between the view and now.
        OnDeployed(Fabric.View());
    }

    /// <summary>Stops the agents, which first send what they still have, and the Orchestrators.</summary>
    public async Task StopAsync()
    {
        if (_stopped)
        {
            return;
        }

        _stopped = true;
        Fabric.Deployed -= OnDeployed;
        await _stop.CancelAsync();
        await Task.WhenAll(_runs);
        foreach (var orchestrator in Orchestrators)
        {
            await orchestrator.StopAsync(CancellationToken.None);
        }

        foreach (var group in Groups)
        {
            await group.StopAsync(CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (var agent in _agents)
        {
            await agent.DisposeAsync();
        }

        foreach (var channel in _channels)
        {
            channel.Dispose();
        }

        foreach (var orchestrator in Orchestrators)
        {
            await orchestrator.DisposeAsync();
        }

        foreach (var group in Groups)
        {
            await group.DisposeAsync();
        }

        if (_control is not null)
        {
            await _control.DisposeAsync();
        }

        _stop.Dispose();
    }

    private SimulatedOrchestrator NewOrchestrator(string id, int site) =>
        new(id, site, Fabric, Faults, _time, _options.Orchestrators, _options.Ports.GetValueOrDefault(id), _loggers);

    private SimulatedSecurityGroup NewGroup(int id)
    {
        var port = _options.Ports.GetValueOrDefault(SimulatedSecurityGroup.NameOf(id));
        return new(id, Fabric, Load, Faults, _time, _options.Orchestrators, port, _loggers);
    }

    // Two applies may tell of their deployments in any order: each is observed, but agents follow the latest.
    private void OnDeployed(FabricView view)
    {
        Observer.Observe(view);
        var latest = Fabric.View();
        foreach (var agent in _agents)
        {
            agent.Follow(latest);
        }
    }

    private async Task ObserveAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(ObserverPeriod, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                Observer.Observe(Fabric.View());
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Observer.Observe(Fabric.View());
        }
    }
}
