using Grpc.Core;
using Maestro.Telemetry.Simulator.Fabric;
using Maestro.Telemetry.Simulator.Load;
using Maestro.Telemetry.Simulator.Scenarios;
using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.Simulator.Hosting;

/// <summary>Sends a past through the real agent client, one sender an SGM, and waits until it is committed.</summary>
internal static class HistoryLoader
{
    public static async Task<HistoryResult> LoadAsync(
        Scenario scenario,
        FabricLoad load,
        FabricView view,
        HistoryRange range,
        ChannelBase channel,
        TimeProvider clock,
        ILoggerFactory loggers,
        IProgress<(long Rows, long Total)>? progress,
        CancellationToken cancellationToken)
    {
        var total = History.Rows(range.From, range.To, range.Step) * view.Gateways.Length;
        var agents = view.Gateways.ToDictionary(
            g => g.Serial,
            g => new SimulatedAgent(scenario, g, MemberColumns.Of(g.Model, range.Cores), channel, clock, loggers),
            StringComparer.Ordinal);
        using var stop = new CancellationTokenSource();
        var runs = Task.WhenAll(agents.Values.Select(a => a.RunAsync(stop.Token)));
        try
        {
            var sent = 0;
            var blocks = History.Generate(load, view, range.From, range.To, range.Step, range.Cores);
            foreach (var block in blocks)
            {
                await agents[block.Gateway.Serial].EnqueueAsync(block.TimestampsMs, block.Rows, cancellationToken);
                if (++sent % agents.Count == 0)
                {
                    progress?.Report((Settled(agents.Values), total));
                }
            }

            await Task.WhenAll(agents.Values.Select(a => a.FlushAsync(cancellationToken)));
            progress?.Report((Settled(agents.Values), total));
            return new(
                total,
                agents.Values.Sum(a => a.Counters.Acknowledged),
                agents.Values.Sum(a => a.Counters.RefusedByCollector),
                range.To);
        }
        finally
        {
            await stop.CancelAsync();
            foreach (var agent in agents.Values)
            {
                await agent.DisposeAsync();
            }

            await runs;
        }
    }

    private static long Settled(IEnumerable<SimulatedAgent> agents) =>
        agents.Sum(a => a.Counters.Acknowledged + a.Counters.RefusedByCollector);
}
