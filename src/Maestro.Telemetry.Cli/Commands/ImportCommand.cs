using System.CommandLine;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Cli.Imports;
using Maestro.Telemetry.Cli.Replays.Import;
using Maestro.Telemetry.Cli.Transfers;
using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Cli.Commands;

/// <summary>Weeks of a group's past, from before the service measured it.</summary>
internal static class ImportCommand
{
    private const string About = "Take a group's past from CSV, Prometheus or CPView into the store, to forecast from it at once";

    private const string Lesson = """
        A recording is a CSV file (a header, the time, then a column each series, on a regular grid), what Prometheus
        answered to a range query, or the CPViewDB.dat of an SGM; the file is looked into. A point is the mean of the time
        up to it. Three weeks are enough for a forecast that can be trusted; six for a runway.

          --serial     the past of SGMs: one for each series or file, in their order. Import all members that the group
                       had, because its demand is their sum
          without it   the demand of the group as a whole, in one series, by nobody's serial

        Units: cpu in percent or sgms (busy ones), throughput in bit/s, kbit/s, Mbit/s, Gbit/s, byte/s or Mbyte/s,
        connections, connection-rate in per-second or per-minute. Percent of a whole group is the mean over its members:
        say with --members how many they were, weighed by their models (four that are worth 1 and one worth 0.5: 4.5).

        Stop the service that has an SQLite store first; one with InfluxDB may run, and sees the history when it is
        started again. What was measured is never touched: where both have a minute, nothing is stored at all. The same
        once more changes nothing, so an import that was interrupted is just run again. With --replace, what an earlier
        import stored is corrected.

        Examples:
          maestro import --group 3 --unit sgms --dry-run demand.csv
          maestro import --group 3 --unit percent --members 4 --column sg3 cpu.csv
          maestro import --group 3 --site 1 --serial 2142BA0042 --serial 2142BA0043 sgm1.dat sgm2.dat
          maestro import --group 3 --resource throughput --unit bit/s october.json november.json
        """;

    public static Command Create()
    {
        var files = new Argument<string[]>("files") { Description = "Recordings of one kind", Arity = ArgumentArity.OneOrMore };
        var group = new Option<int>("--group") { Description = "Security Group that it is of", HelpName = "n", Required = true };
        group.Validators.Add(result =>
        {
            if (result.Tokens is [_] && result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--group must be the number of a Security Group, from 1.");
            }
        });
        var serials = SharedOptions.Many("--serial", "SGM of each series, in their order; without it, it is of the group as a whole");
        var site = new Option<string?>("--site") { Description = "Site of the SGMs", HelpName = "n" };
        var resource = new Option<string>("--resource")
        {
            Description = "What is measured",
            HelpName = "name",
            DefaultValueFactory = _ => Resources.Default,
        };
        resource.AcceptOnlyFromAmong([.. Resources.Names.Keys]);
        var unit = new Option<string?>("--unit") { Description = "What the values are in", HelpName = "unit" };
        unit.AcceptOnlyFromAmong(ImportUnit.Names);
        var members = new Option<double?>("--members")
        {
            Description = "SGMs that a percentage of the group is a mean of",
            HelpName = "x",
        };
        var columns = SharedOptions.Many("--column", "Column or series to take; may be given more than once. The default is all");
        var step = Durations.Option("--step", "The step of the recording; the default is the one found in it");
        var from = Times.Option("--from", "Only points at or after this time");
        var until = Times.Option("--until", "Only points before this time");
        var replace = new Option<bool>("--replace") { Description = "Store other values in place of those of an earlier import" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be stored, and store nothing" };
        var (config, data, json) = (ServerSettings.File(), ServerSettings.Data(), SharedOptions.Json());
        var command = new TaughtCommand("import", About, Lesson)
        {
            files, group, serials, site, resource, unit, members, columns, step, from, until, replace, dryRun, config, data, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(members) is { } given && !(given > 0 && given <= 1_000))
            {
                result.AddError("--members must be above 0 and at most 1000.");
            }

            var named = result.GetValue(serials) ?? [];
            if (named.FirstOrDefault(one => one.Length == 0 || one == GatewaySerial.WholeGroup.Value) is { } wrong)
            {
                result.AddError($"--serial is '{wrong}', which no SGM is called; without --serial it is of the whole group.");
            }

            if (named.Distinct(StringComparer.Ordinal).Count() < named.Length)
            {
                result.AddError("--serial names an SGM twice; each series is of another one.");
            }

            if (result.GetValue(site) is not null && named.Length == 0)
            {
                result.AddError("--site is where SGMs are; name them with --serial, or leave it out.");
            }
        });
        command.SetAction((parsed, cancellationToken) => TransferErrors.GuardAsync(() => new ImportRun(
            StoreSettings.Of(parsed.GetValue(config), parsed.GetValue(data)),
            new ImportSettings
            {
                Files = parsed.GetValue(files)!,
                Group = new SecurityGroupId(parsed.GetValue(group)),
                Serials = [.. parsed.GetValue(serials)!.Select(static serial => new GatewaySerial(serial))],
                Site = parsed.GetValue(site),
                Resource = Resources.Names[parsed.GetValue(resource)!],
                Unit = parsed.GetValue(unit),
                Members = parsed.GetValue(members),
                Columns = parsed.GetValue(columns)!,
                Step = parsed.GetValue(step),
                From = parsed.GetValue(from),
                Until = parsed.GetValue(until),
                Replace = parsed.GetValue(replace),
                DryRun = parsed.GetValue(dryRun),
                Json = parsed.GetValue(json),
            }).RunAsync(TimeProvider.System, cancellationToken)));
        return command;
    }
}
