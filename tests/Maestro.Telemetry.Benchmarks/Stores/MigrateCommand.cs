using System.CommandLine;
using Maestro.Telemetry.Cli.Transfers;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Storage.Sqlite;
using static System.FormattableString;

namespace Maestro.Telemetry.Benchmarks.Stores;

/// <summary>The subcommand migrate.</summary>
internal static class MigrateCommand
{
    private const string About = """
        How long does `maestro migrate` take for roll-ups whose samples are no longer kept?

        A data directory is filled with one-minute roll-ups of SGMs in groups of ten, and migrated to a database of its
        own in an InfluxDB that runs; then once more, when all is there already. The database is dropped at the end.
        """;

    public static Command Create()
    {
        var influx = InfluxDatabase.Option();
        influx.Required = true;
        var sgms = Numbers.Option("--sgms", "SGMs, in groups of ten", 50, 1_000);
        var days = Numbers.Option("--days", "Days of roll-ups", 7, 400);
        var command = new Command("migrate", About) { influx, sgms, days };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(influx)!, parsed.GetValue(sgms), parsed.GetValue(days), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Uri influx, int sgms, int days, CancellationToken cancellationToken)
    {
        await using var database = new InfluxDatabase(influx);
        var directory = Directory.CreateTempSubdirectory("maestro-benchmark-");
        try
        {
            var now = TimeProvider.System.GetUtcNow();
            await using (var store = SqliteTelemetryStore.Open(
                new SqliteStoreOptions { Directory = directory.FullName }, TimeProvider.System))
            {
                await StoreFill.FillAsync(
                    store, sgms, now.AddDays(-days), now, TimeSpan.FromMinutes(1), cancellationToken);
                await store.ApplyRetentionAsync(
                    new RetentionPolicy(TimeSpan.FromMinutes(1), TimeSpan.Zero, TimeSpan.Zero), now, cancellationToken);
            }

            var from = Settings($"sqlite:{directory.FullName}");
            var to = Settings($"influxdb:{influx.AbsoluteUri.TrimEnd('/')}/{database.Name}");
            foreach (var what in (string[])["first", "again"])
            {
                var started = TimeProvider.System.GetTimestamp();
                var run = new MigrationRun(from, to, Path.Combine(directory.FullName, "state.json"));
                var code = await run.RunAsync(TimeProvider.System, cancellationToken);
                Console.WriteLine(Invariant(
                    $"{what}: {TimeProvider.System.GetElapsedTime(started).TotalSeconds:F1} s, ended with {code}"));
            }

            return 0;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static StoreSettings Settings(string location) => StoreSettings.Read(null,
    [
        .. StoreLocation.Parse(location)!,
        new("Maestro:Storage:KeepSamples", "00:00:00"),
        new("Maestro:Storage:KeepRollups", "00:00:00"),
        new("Maestro:Storage:KeepForecasts", "00:00:00"),
    ]);
}
