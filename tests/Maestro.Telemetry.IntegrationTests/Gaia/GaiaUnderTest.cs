using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Gaia;
using Maestro.Telemetry.IntegrationTests.Simulation;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Simulator.Fabric;
using Maestro.Telemetry.Simulator.Faults;
using Maestro.Telemetry.Simulator.Load;
using Maestro.Telemetry.Simulator.Orchestrators;
using Maestro.Telemetry.Simulator.Scenarios;
using Microsoft.Extensions.Logging.Abstractions;
using SimulatorOptions = Maestro.Telemetry.Simulator.Orchestrators.OrchestratorOptions;

namespace Maestro.Telemetry.IntegrationTests.Orchestration;

/// <summary>The real client against two Orchestrators of the simulator, over real sockets.</summary>
internal sealed class GaiaUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private GaiaUnderTest(SimulatorOptions simulator)
    {
        var scenario = Scenario.DualSite();
        var time = new SteppedTime(new(2026, 1, 12, 8, 0, 0, TimeSpan.Zero));
        Fabric = new(scenario, time);
        Faults = new(Fabric, new FabricLoad(scenario), time);
        First = new("1_1", 1, Fabric, Faults, time, simulator);
        Second = new("2_1", 2, Fabric, Faults, time, simulator);
    }

    public SimulatedFabric Fabric { get; }

    public FaultBoard Faults { get; }

    public SimulatedOrchestrator First { get; }

    public SimulatedOrchestrator Second { get; }

    public GaiaFabricController Controller { get; private set; } = null!;

    public static async Task<GaiaUnderTest> StartAsync(
        SimulatorOptions? simulator = null, Action<GaiaOptions, GaiaUnderTest>? configure = null)
    {
        simulator ??= new();
        var test = new GaiaUnderTest(simulator);
        await test.First.StartAsync(CancellationToken.None);
        await test.Second.StartAsync(CancellationToken.None);
        var options = new GaiaOptions
        {
            Orchestrators =
            [
                new() { Id = "1_1", Site = 1, Address = test.First.Url.ToString() },
                new() { Id = "2_1", Site = 2, Address = test.Second.Url.ToString() },
            ],
            RequestTimeout = TimeSpan.FromSeconds(5),
            PollInterval = TimeSpan.FromMilliseconds(20),
            ConfirmTimeout = TimeSpan.FromMilliseconds(500),
            LoginBackoff = TimeSpan.Zero,
        };
        configure?.Invoke(options, test);
        test.Controller = GaiaFabricController.Create(
            options,
            TimeProvider.System,
            NullLoggerFactory.Instance,
            credentials: _ => ValueTask.FromResult(new GaiaCredentials(simulator.User, simulator.Password)));
        return test;
    }

    public void Inject(Fault fault) => Assert.Null(Faults.Inject(fault));

    public Task<FabricSnapshot> ReadAsync() => Controller.ReadAsync(CancellationToken.None).WaitAsync(Patience);

    public Task<ApplyResult> ApplyAsync(string serial, SecurityGroupId? from, SecurityGroupId? to) =>
        Controller.ApplyAsync(new(new(serial), from, to), CancellationToken.None).WaitAsync(Patience);

    /// <summary>Where an SGM is deployed, as the simulator itself has it; 0 is the pool.</summary>
    public int GroupOf(string serial) => Fabric.View().Find(serial)!.Group;

    public async ValueTask DisposeAsync()
    {
        await Controller.DisposeAsync();
        await First.DisposeAsync();
        await Second.DisposeAsync();
    }
}
