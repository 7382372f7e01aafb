using System.CommandLine;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Cli.Transfers;

namespace Maestro.Telemetry.Cli.Commands;

/// <summary>Telemetry from one store to another.</summary>
internal static class MigrateCommand
{
    private const string Lesson = """
        It takes samples, one-minute roll-ups and forecasts. Decisions, commands and fitted models stay in the data
        directory, which the service goes on using with either store.

          1. samples, hour by hour; the target makes its roll-ups of them
          2. roll-ups that the target then lacks: those of minutes whose samples are no longer kept
          3. forecasts
          4. both stores are counted, and it fails when something lacks in the target

        The source is only read, and its service may run. Nothing else may write to the target: run it before the service
        is started with the new store, and once more afterwards if the service ran on the old one meanwhile. When it is
        interrupted, run it again; the state file says up to which hour all is there. What is there already stays, and
        doing it all again does no harm.

        Keys that an address does not have, such as User, SecretFile, SamplesPolicy and how long is kept, are those of
        the settings. What the target would not keep is left out. Points that come from SQLite get the site that their SGM
        was last known to be at; SQLite has that from the first run of a release that keeps it.

        Examples:
          maestro migrate --from sqlite:/var/lib/maestro --to influxdb:http://influx:8086/maestro \
            --config /etc/maestro/maestro.json
          maestro migrate --from influxdb:http://influx:8086/maestro --to sqlite:/var/lib/maestro-back
        """;

    public static Command Create()
    {
        var (from, to) = (Location("--from", "Store to read"), Location("--to", "Store to write"));
        var config = ServerSettings.File();
        var state = new Option<string>("--state")
        {
            Description = "File that says how far it has come; deleted at the end",
            HelpName = "file",
            DefaultValueFactory = _ => "maestro-migrate.json",
        };
        var command = new TaughtCommand("migrate", "Take telemetry from SQLite to InfluxDB, or back", Lesson)
        {
            from, to, config, state,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(from)!,
            parsed.GetValue(to)!,
            parsed.GetValue(config),
            parsed.GetValue(state)!,
            cancellationToken));
        return command;
    }

    private static Option<string> Location(string name, string description)
    {
        var option = new Option<string>(name)
        {
            Description = $"{description}: {StoreLocation.Form}",
            HelpName = "store",
            Required = true,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && StoreLocation.Parse(token.Value) is null)
            {
                result.AddError($"{name} is '{token.Value}'; write {StoreLocation.Form}.");
            }
        });
        return option;
    }

    private static Task<int> RunAsync(
        string from, string to, FileInfo? config, string state, CancellationToken cancellationToken) =>
        TransferErrors.GuardAsync(() => new MigrationRun(
            StoreSettings.Read(config, StoreLocation.Parse(from)!),
            StoreSettings.Read(config, StoreLocation.Parse(to)!),
            state).RunAsync(TimeProvider.System, cancellationToken));
}
