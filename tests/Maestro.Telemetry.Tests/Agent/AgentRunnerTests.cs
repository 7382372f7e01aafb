using Maestro.Telemetry.Agent;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Tests.Support;

namespace Maestro.Telemetry.Tests.Agents;

public sealed class AgentRunnerTests
{
    [Fact]
    public async Task Run_ReadsAtOnceAndAtEachInterval_AndLeavesOutWhatTheSourceDoesNotSay()
    {
        await using var harness = new SenderHarness();
        var source = new ScriptedSource([true, false, true]);
        using var stop = new CancellationTokenSource();
        var runner = new AgentRunner(source, harness.Sender, TimeSpan.FromSeconds(10), harness.Time, new ListLogger());

        var run = runner.RunAsync(stop.Token);
        await harness.Time.AdvanceUntilAsync(() => source.Times.Count >= 3, TimeSpan.FromSeconds(1));
        await stop.CancelAsync();
        await run.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(2, harness.Counters.Enqueued);
        Assert.True(source.Times[1] - source.Times[0] >= TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Run_GoesOnAfterAReadingThatFailed_AndTellsOncePerMinute()
    {
        await using var harness = new SenderHarness();
        var logger = new ListLogger();
        var source = new ScriptedSource([null, null, true]);
        using var stop = new CancellationTokenSource();
        var runner = new AgentRunner(source, harness.Sender, TimeSpan.FromSeconds(1), harness.Time, logger);

        var run = Task.Run(() => runner.RunAsync(stop.Token));
        await harness.Time.AdvanceUntilAsync(
            () => source.Times.Count >= 3 && harness.Counters.Enqueued == 1, TimeSpan.FromMilliseconds(100));
        await stop.CancelAsync();
        await run.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(2, runner.ReadErrors);
        Assert.Contains("Warning 5001", logger.Lines[0], StringComparison.Ordinal);
    }

    /// <summary>True gives a row, false gives none, null fails.</summary>
    private sealed class ScriptedSource(IReadOnlyList<bool?> script) : IMetricSource
    {
        private readonly List<DateTimeOffset> _times = [];

        public IReadOnlyList<Column> Columns => SenderHarness.Columns;

        public IReadOnlyList<DateTimeOffset> Times
        {
            get
            {
                lock (_times)
                {
                    return [.. _times];
                }
            }
        }

        public ValueTask<bool> ReadAsync(DateTimeOffset now, Memory<double> row, CancellationToken cancellationToken)
        {
            bool? says;
            lock (_times)
            {
                says = _times.Count < script.Count ? script[_times.Count] : false;
                _times.Add(now);
            }

            row.Span.Fill(1);
            return says is { } row1 ? ValueTask.FromResult(row1) : throw new IOException("said the test");
        }
    }
}
