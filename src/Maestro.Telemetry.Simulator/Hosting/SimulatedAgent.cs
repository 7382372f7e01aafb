using Grpc.Core;
using Maestro.Telemetry.Agent;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Simulator.Fabric;
using Maestro.Telemetry.Simulator.Scenarios;
using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.Simulator.Hosting;

/// <summary>The real agent client for one simulated SGM.</summary>
internal sealed class SimulatedAgent : IAsyncDisposable
{
    // Batches are small and soon: a simulation runs faster than its watcher.
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(200);

    private readonly Scenario _scenario;
    private readonly TelemetrySender _sender;

    public SimulatedAgent(
        Scenario scenario,
        SimulatedGateway gateway,
        IReadOnlyList<Column> columns,
        ChannelBase channel,
        TimeProvider clock,
        ILoggerFactory loggers)
    {
        _scenario = scenario;
        Serial = gateway.Serial;

        // The waits of the sender are those of the network: they go by the real clock.
        _sender = new(
            new TelemetrySenderOptions { Linger = Linger, Seed = (int)(scenario.Seed & int.MaxValue) },
            channel,
            IdentityOf(gateway),
            columns,
            TimeProvider.System,
            loggers.CreateLogger<TelemetrySender>(),
            clock);
    }

    public string Serial { get; }

    public SenderCounters Counters => _sender.Counters;

    /// <summary>Sends until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => _sender.RunAsync(cancellationToken);

    /// <summary>Reads a source at each interval and sends what it says until cancelled.</summary>
    public Task RunAsync(
        IMetricSource source, TimeSpan interval, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var runner = new AgentRunner(source, _sender, interval, time, logger);
        return Task.WhenAll(_sender.RunAsync(cancellationToken), runner.RunAsync(cancellationToken));
    }

    public ValueTask EnqueueAsync(long[] timestampsMs, double[] rows, CancellationToken cancellationToken) =>
        _sender.EnqueueAsync(timestampsMs, rows, cancellationToken);

    public Task FlushAsync(CancellationToken cancellationToken) => _sender.FlushAsync(cancellationToken);

    /// <summary>Streams under the group that the SGM is in by now.</summary>
    public void Follow(FabricView view) => _sender.ChangeIdentity(IdentityOf(view.Find(Serial)!));

    public ValueTask DisposeAsync() => _sender.DisposeAsync();

    private AgentIdentity IdentityOf(SimulatedGateway gateway) => new()
    {
        AgentId = "simulated-" + gateway.Serial,
        Serial = gateway.Serial,
        Site = gateway.Site,
        Orchestrator = _scenario.Sites.First(s => s.Id == gateway.Site).Orchestrators.FirstOrDefault(""),
        SecurityGroup = gateway.Group,
        Model = gateway.Model.Name,
        Release = _scenario.Release,
    };
}
