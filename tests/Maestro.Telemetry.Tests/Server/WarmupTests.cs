using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Server;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Fabrics;
using Maestro.Telemetry.Server.Ingest;
using Maestro.Telemetry.Server.Ingest.Spooling;
using Maestro.Telemetry.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Maestro.Telemetry.Tests.Service;

public sealed class WarmupTests
{
    [Fact]
    public async Task Start_OrchestratorsThatDoNotAnswer_HoldItUpForALimitedTime()
    {
        var controller = new SilentController();
        var state = new FabricState(TimeProvider.System);

        await Create(controller, state, TimeSpan.FromMilliseconds(20)).StartAsync(default).WaitAsync(Given.Patience);

        Assert.True(controller.Cancelled);
        Assert.False(state.IsKnown);
    }

    [Fact]
    public async Task Start_GivenUpByTheHost_IsNotTakenForALateReading()
    {
        using var cancelled = new CancellationTokenSource();
        var starting = Create(new SilentController(), new FabricState(TimeProvider.System), TimeSpan.FromHours(1))
            .StartAsync(cancelled.Token);

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting.WaitAsync(Given.Patience));
    }

    private static Warmup Create(IFabricController controller, FabricState state, TimeSpan patience)
    {
        var fabric = Options.Create(new FabricOptions());
        return new Warmup(
            new FakeStore(),
            new NoSpool(),
            new LatestBoard(),
            new FabricReader(
                controller, state, new BreachMonitor(fabric), fabric, NullLogger<FabricReader>.Instance),
            Options.Create(new IngestOptions()),
            new ManualTimeProvider(Given.Noon),
            NullLogger<Warmup>.Instance)
        { Patience = patience };
    }

    /// <summary>Orchestrators that take a request and say nothing.</summary>
    private sealed class SilentController : IFabricController
    {
        public bool Cancelled { get; private set; }

        public async Task<FabricSnapshot> ReadAsync(CancellationToken cancellationToken)
        {
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }
            finally
            {
                Cancelled = cancellationToken.IsCancellationRequested;
            }

            throw new FabricControllerException("not reached");
        }

        public Task<ApplyResult> ApplyAsync(MembershipChange change, CancellationToken cancellationToken) =>
            Task.FromResult(new ApplyResult(ApplyOutcome.RefusedByOrchestrator, "Nobody answers."));
    }
}
