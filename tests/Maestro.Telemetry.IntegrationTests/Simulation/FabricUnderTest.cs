using Maestro.Telemetry.Simulator.Fabric;
using Maestro.Telemetry.Simulator.Faults;
using Maestro.Telemetry.Simulator.Load;
using Maestro.Telemetry.Simulator.Orchestrators;
using Maestro.Telemetry.Simulator.Scenarios;

namespace Maestro.Telemetry.IntegrationTests.Simulation;

/// <summary>A pretend fabric with one Orchestrator a site, a clock that stands still, and a session.</summary>
internal sealed class FabricUnderTest : IAsyncDisposable
{
    public const string Free = "1007RT1955";
    public const string Apply = "apply-maestro-security-groups-changes";

    private FabricUnderTest(OrchestratorOptions? options)
    {
        var scenario = Scenario.DualSite();
        Fabric = new(scenario, Time);
        Faults = new(Fabric, new FabricLoad(scenario), Time);
        First = new("1_1", 1, Fabric, Faults, Time, options);
        Second = new("2_1", 2, Fabric, Faults, Time, options);
    }

    public SteppedTime Time { get; } = new(new(2026, 1, 12, 8, 0, 0, TimeSpan.Zero));

    public SimulatedFabric Fabric { get; }

    public FaultBoard Faults { get; }

    public SimulatedOrchestrator First { get; }

    public SimulatedOrchestrator Second { get; }

    /// <summary>Logged in at the first Orchestrator.</summary>
    public RawGaia Gaia { get; private set; } = null!;

    public static async Task<FabricUnderTest> StartAsync(OrchestratorOptions? options = null)
    {
        var fabric = new FabricUnderTest(options);
        await fabric.First.StartAsync(CancellationToken.None);
        await fabric.Second.StartAsync(CancellationToken.None);
        fabric.Gaia = new(fabric.First.Url);
        await fabric.Gaia.LoginAsync();
        return fabric;
    }

    public async ValueTask DisposeAsync()
    {
        Gaia.Dispose();
        await First.DisposeAsync();
        await Second.DisposeAsync();
    }
}
