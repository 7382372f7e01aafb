using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Gaia;
using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Tests.Orchestration;

/// <summary>A controller with Orchestrators that answer without a network, and a clock that waits for nothing.</summary>
internal sealed class GaiaHarness : IAsyncDisposable
{
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public GaiaHarness(int orchestrators = 1, Action<GaiaOptions>? configure = null)
    {
        for (var i = 0; i < orchestrators; i++)
        {
            Orchestrators.Add(new(Fabric, Time));
        }

        Options = new()
        {
            Orchestrators =
            [
                .. Enumerable.Range(0, orchestrators).Select(i => new OrchestratorOptions
                {
                    Id = $"{1 + (i / 2)}_{1 + (i % 2)}",
                    Site = 1 + (i / 2),
                    Address = $"https://mho{i}.test",
                }),
            ],
            RequestTimeout = RequestTimeout,
            MaxResponseBytes = 100_000,
            LoginBackoff = TimeSpan.Zero,
        };
        configure?.Invoke(Options);
        Controller = new(
            Options,
            _ => ValueTask.FromResult(new GaiaCredentials(FakeOrchestrator.User, Password)),
            o => Orchestrators[Options.Orchestrators.IndexOf(o)],
            Time,
            Logs,
            meters: null);
    }

    public FakeFabric Fabric { get; } = new();

    public SteppingTimeProvider Time { get; } = new();

    public List<FakeOrchestrator> Orchestrators { get; } = [];

    public FakeOrchestrator First => Orchestrators[0];

    public RecordingLoggers Logs { get; } = new();

    public GaiaOptions Options { get; }

    public GaiaFabricController Controller { get; }

    public string Password { get; set; } = FakeOrchestrator.Password;

    /// <summary>Fails the n-th request (from 0) of a command at the first Orchestrator, once.</summary>
    public void FailOnce(string command, FakeFault fault, int nth = 0)
    {
        var seen = 0;
        First.Fault = c => c == command && seen++ == nth ? fault : FakeFault.None;
    }

    public Task<FabricSnapshot> ReadAsync() => Controller.ReadAsync(CancellationToken.None).WaitAsync(Patience);

    public Task<ApplyResult> ApplyAsync(string serial, int from, int to) =>
        Controller.ApplyAsync(Change(serial, from, to), CancellationToken.None).WaitAsync(Patience);

    public static MembershipChange Change(string serial, int from, int to) =>
        new(new(serial), from == 0 ? null : new(from), to == 0 ? null : new(to));

    public async ValueTask DisposeAsync() => await Controller.DisposeAsync().AsTask().WaitAsync(Patience);
}
