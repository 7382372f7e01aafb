using Maestro.Telemetry.Agent;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Maestro.Telemetry.Tests.Agents;

/// <summary>A sender of two columns whose collector is the test and whose clock stands still.</summary>
internal sealed class SenderHarness : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop = new();
    private Task? _run;

    public SenderHarness(
        Action<TelemetrySenderOptions>? configure = null,
        ILogger? logger = null,
        IJournalDisk? journal = null,
        TimeProvider? sampleClock = null)
    {
        Options = new() { BatchRows = 10, Seed = 7 };
        configure?.Invoke(Options);
        Sender = new(
            Options,
            Collector,
            Identity,
            Columns,
            Time,
            logger ?? NullLogger.Instance,
            journal is null ? null : (journal, new()),
            sampleClock);
    }

    public static AgentIdentity Identity { get; } = new()
    {
        AgentId = "agent-1",
        Serial = "SN-1",
        Site = 2,
        Orchestrator = "2_1",
        SecurityGroup = 3,
        Model = "16200",
        Release = "R82",
    };

    public static IReadOnlyList<Column> Columns { get; } =
        [new() { Metric = Metric.CpuMean }, new() { Metric = Metric.MemoryUsed }];

    public TelemetrySenderOptions Options { get; }

    public ManualTimeProvider Time { get; } = new();

    public FakeCollector Collector { get; } = new();

    public TelemetrySender Sender { get; }

    public SenderCounters Counters => Sender.Counters;

    /// <summary>Starts the sender and accepts its first stream.</summary>
    public async Task<FakeStream> StartAsync(uint window = 0, uint maxRows = 0)
    {
        Run();
        return await (await Collector.NextAsync()).WelcomeAsync(window, maxRows);
    }

    // Not in the context of the test: what a timer sets off then goes on at once, and the clock waits for it.
    public void Run() => _run = Task.Run(() => Sender.RunAsync(_stop.Token));

    /// <summary>Accepts the next stream; the clock moves until it is opened.</summary>
    public async Task<FakeStream> ReconnectAsync(uint window = 0, uint maxRows = 0)
    {
        await Time.AdvanceUntilAsync(() => Collector.HasNext, TimeSpan.FromMilliseconds(50));
        return await (await Collector.NextAsync()).WelcomeAsync(window, maxRows);
    }

    /// <summary>Offers rows whose first value is their number, from <paramref name="first"/>.</summary>
    public int Enqueue(int count, int first = 0) =>
        Enumerable.Range(first, count).Count(i => Sender.TryEnqueue(Time.GetUtcNow(), [i, 50]));

    public void Stop() => _stop.Cancel();

    public Task StoppedAsync() => _run!.WaitAsync(Patience);

    /// <summary>Waits for something that another thread brings about.</summary>
    public async Task UntilAsync(Func<SenderCounters, bool> condition)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition(Counters))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, $"It did not happen: {Counters}");
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Sender.DisposeAsync().AsTask().WaitAsync(Patience);
        _stop.Dispose();
    }
}
