using Maestro.Telemetry.Agent;

namespace Maestro.Telemetry.Tests.Agents;

public sealed class BackoffTests
{
    private static readonly TelemetrySenderOptions Options = new()
    {
        BackoffBase = TimeSpan.FromSeconds(1),
        BackoffMax = TimeSpan.FromSeconds(30),
        RejectedRetry = TimeSpan.FromMinutes(2),
    };

    [Fact]
    public void Next_DoublesItsBoundUpToTheMaximum()
    {
        var backoff = new Backoff(Options, new AlwaysMost());

        var waits = Enumerable.Range(0, 7).Select(_ => backoff.Next(rejected: false).TotalSeconds);

        Assert.Equal([1, 2, 4, 8, 16, 30, 30], waits.Select(w => Math.Round(w, 3)));
    }

    [Fact]
    public void Next_IsFullJitter()
    {
        var waits = Enumerable.Range(0, 1_000)
            .Select(seed => new Backoff(Options, new Random(seed)).Next(rejected: false).TotalSeconds)
            .ToArray();

        Assert.All(waits, w => Assert.InRange(w, 0, 1));
        Assert.InRange(waits.Average(), 0.45, 0.55);
    }

    [Fact]
    public void Next_StaysFinite_AfterVeryManyFailures()
    {
        var backoff = new Backoff(Options, new AlwaysMost());
        for (var i = 0; i < 5_000; i++)
        {
            backoff.Next(rejected: false);
        }

        Assert.Equal(30, backoff.Next(rejected: false).TotalSeconds, tolerance: 0.001);
    }

    [Fact]
    public void Reset_BeginsAnew()
    {
        var backoff = new Backoff(Options, new AlwaysMost());
        backoff.Next(rejected: false);
        backoff.Next(rejected: false);

        backoff.Reset();

        Assert.Equal(1, backoff.Next(rejected: false).TotalSeconds, tolerance: 0.001);
    }

    [Fact]
    public void Rejected_WaitsBetweenHalfAndAll()
    {
        var backoff = new Backoff(Options, new Random(3));

        Assert.All(
            Enumerable.Range(0, 100).Select(_ => backoff.Next(rejected: true).TotalSeconds),
            w => Assert.InRange(w, 60, 120));
    }

    private sealed class AlwaysMost() : Random(0)
    {
        public override double NextDouble() => 1 - 1e-9;
    }
}
