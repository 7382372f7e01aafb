using Maestro.Telemetry.CrashWriter;
using Maestro.Telemetry.IntegrationTests.Storage;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using Xunit.Abstractions;

namespace Maestro.Telemetry.IntegrationTests.Kills;

/// <summary>
/// Collector, senders and InfluxDB are killed with SIGKILL in any order, under load: what was acknowledged to a sender
/// is stored, once. More rounds: tests/tools/kill-rounds.sh.
/// </summary>
public sealed class KillRoundsTests(ITestOutputHelper output)
{
    private static readonly int Rounds = LongRun.Setting("MAESTRO_KILL_ROUNDS", 6);
    private static readonly int Seed = LongRun.Setting("MAESTRO_KILL_SEED", 20_261_122);

    [Theory]
    [InlineData("sqlite")]
    [InlineData("influxdb")]
    public async Task KilledInAnyOrder_LosesNothingAcknowledgedAndStoresNothingTwice(string store)
    {
        var random = new Random(Seed);
        await using var fleet = new KilledFleet(store);
        await fleet.StartAsync();
        await fleet.ProgressAsync(fleet.Senders.Count);
        for (var round = 1; round <= Rounds; round++)
        {
            // Mostly while some have not come back yet from the round before.
            await fleet.ProgressAsync(random.Next(1, fleet.Senders.Count + 1));
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 500)), TimeProvider.System);
            var victims = await fleet.RoundAsync(random);
            Tell($"{store} round {round} of {Rounds}: killed {victims}; {fleet.Acknowledged} rows acknowledged");
        }

        await fleet.ProgressAsync(fleet.Senders.Count);
        await using var stored = await fleet.EndAsync();
        var rows = await StoreConsistency.CheckAsync(stored, fleet.Start, fleet.Start.AddDays(1), mayBeInParts: true);
        var found = 0L;
        foreach (var sender in fleet.Senders)
        {
            found += await CheckAsync(stored, fleet.Start, sender);
        }

        Assert.Equal(rows, found);
        Tell($"{store}, seed {Seed}: {Rounds} rounds, {fleet.Acknowledged} rows acknowledged, {found} stored, "
            + "0 lost, 0 twice, roll-ups agree.");
    }

    /// <summary>Each row once, with its values, and all that was acknowledged; gives the number of rows.</summary>
    private static async Task<long> CheckAsync(ITelemetryStore store, DateTimeOffset start, SenderProcess sender)
    {
        var rows = new SortedSet<long>();
        await foreach (var sample in store.ReadSamplesAsync(new(sender.Serial), start, start.AddDays(1), default))
        {
            var afterMs = (sample.Time - start).TotalMilliseconds;
            var row = (long)afterMs / SentRows.StepMs;
            Assert.Equal(afterMs, row * SentRows.StepMs);
            Assert.True(rows.Add(row), $"Row {row} of {sender.Serial} is stored twice.");
            Assert.Equal(SentRows.Value(row), sample.Values[MetricId.CpuMeanPercent]);
            if (sender.IsRemoteWrite)
            {
                Assert.Equal(row, sample.Values[MetricId.ConcurrentConnections]);
            }
        }

        var lost = 0L;
        for (var row = 0L; row < sender.Acknowledged; row++)
        {
            lost += rows.Contains(row) ? 0 : 1;
        }

        Assert.True(lost == 0, $"{lost} of {sender.Acknowledged} acknowledged rows of {sender.Serial} are lost.");
        return rows.Count;
    }

    private void Tell(string line) => LongRun.Tell(output, "MAESTRO_KILL_LOG", line);
}
