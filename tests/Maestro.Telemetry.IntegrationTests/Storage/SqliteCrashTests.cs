using System.Diagnostics;
using System.Globalization;
using Maestro.Telemetry.CrashWriter;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.IntegrationTests.Storage;

/// <summary>A process that writes is killed with SIGKILL, again and again: what it acknowledged is there.</summary>
public sealed class SqliteCrashTests
{
    private const int Rounds = 6;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Killed_AtAnyMoment_LosesNothingAcknowledged()
    {
        using var directory = new TemporaryDirectory();
        var random = new Random(20261122);
        var acknowledged = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            acknowledged = await WriteUntilKilledAsync(directory.Path, acknowledged, random.Next(1, 30), round);

            await CheckAsync(directory.Path, acknowledged);
        }
    }

    private static async Task<long> WriteUntilKilledAsync(string directory, long first, int writes, int seed)
    {
        using var writer = Start(directory, first, seed);
        var acknowledged = first;
        try
        {
            for (var i = 0; i < writes; i++)
            {
                acknowledged = await ReadAsync(writer) ?? throw new InvalidOperationException(
                    $"The writer ended by itself: {await writer.StandardError.ReadToEndAsync().WaitAsync(Bound)}");
            }
        }
        finally
        {
            // It is somewhere in the next write.
            writer.Kill();
        }

        // What it said before it died counts as acknowledged too. The last line may be cut in two.
        while (await ReadAsync(writer) is { } row)
        {
            acknowledged = Math.Max(acknowledged, row);
        }

        await writer.WaitForExitAsync().WaitAsync(Bound);
        return acknowledged;
    }

    private static Process Start(string directory, long first, int seed)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(CrashRows).Assembly.Location);
        start.ArgumentList.Add(directory);
        start.ArgumentList.Add(first.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(seed.ToString(CultureInfo.InvariantCulture));
        return Process.Start(start) ?? throw new InvalidOperationException("The writer did not start.");
    }

    private static async Task<long?> ReadAsync(Process writer)
    {
        var line = await writer.StandardOutput.ReadLineAsync().WaitAsync(Bound);
        return line is null ? null : long.Parse(line, CultureInfo.InvariantCulture);
    }

    private static async Task CheckAsync(string directory, long acknowledged)
    {
        await using var store = SqliteTelemetryStore.Open(
            new SqliteStoreOptions { Directory = directory }, TimeProvider.System);
        var rows = await StoreConsistency.CheckAsync(store, CrashRows.Start, CrashRows.Start.AddYears(1));
        // The write that was cut off is there wholly or not at all; the acknowledgement may have been on its way.
        Assert.True(rows >= acknowledged, $"{acknowledged} rows were acknowledged and {rows} are there.");
        for (var gateway = 0; gateway < CrashRows.Gateways; gateway++)
        {
            var next = (long)gateway;
            await foreach (var sample in store.ReadSamplesAsync(
                CrashRows.Serial(gateway), CrashRows.Start, CrashRows.Start.AddYears(1), CancellationToken.None))
            {
                Assert.Equal(CrashRows.Start.AddSeconds(next), sample.Time);
                Assert.Equal(CrashRows.Value(next), sample.Values[MetricId.CpuMeanPercent]);
                next += CrashRows.Gateways;
            }

            Assert.True(next >= acknowledged, $"Row {next} of {acknowledged} acknowledged is missing.");
        }
    }
}
