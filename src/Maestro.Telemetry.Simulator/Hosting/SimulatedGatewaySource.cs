using Maestro.Telemetry.Agent;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Simulator.Fabric;
using Maestro.Telemetry.Simulator.Faults;
using Maestro.Telemetry.Simulator.Load;

namespace Maestro.Telemetry.Simulator.Hosting;

/// <summary>What the agent of one simulated SGM reads.</summary>
internal sealed class SimulatedGatewaySource(
    SimulatedFabric fabric,
    FabricLoad load,
    FaultBoard faults,
    SimulatedGateway gateway,
    bool cores,
    IReadOnlySet<int> agentless) : IMetricSource
{
    private readonly double[] _last = new double[MemberColumns.FirstCore + (cores ? gateway.Model.Cores : 0)];
    private bool _hasLast;

    public IReadOnlyList<Column> Columns { get; } = MemberColumns.Of(gateway.Model, cores);

    /// <returns>False when the SGM is LOST, in a group without agents, or its telemetry is made to fail.</returns>
    public ValueTask<bool> ReadAsync(DateTimeOffset now, Memory<double> row, CancellationToken cancellationToken)
    {
        var view = fabric.View();
        var self = view.Find(gateway.Serial)!;
        if (self.State == SgmState.Lost || agentless.Contains(self.Group) || faults.Holds(FaultKind.TelemetryGap, gateway.Serial))
        {
            return ValueTask.FromResult(false);
        }

        if (!_hasLast || !faults.Holds(FaultKind.StuckValues, gateway.Serial))
        {
            load.Fill(view, self, now, _last);
            _hasLast = true;
        }

        _last.CopyTo(row.Span);
        return ValueTask.FromResult(true);
    }
}
