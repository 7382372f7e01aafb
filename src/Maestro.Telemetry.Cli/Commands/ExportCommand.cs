using System.CommandLine;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Cli.Replays.Import;
using Maestro.Telemetry.Cli.Transfers;
using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Cli.Commands;

/// <summary>Telemetry for other tools.</summary>
internal static class ExportCommand
{
    private const string Lesson = """
        It reads the store that `maestro serve` uses with the same settings, SQLite or InfluxDB, while the service runs or
        not. Rows are written as they are read, in order of time; progress and the number of rows go to standard error.

          samples    as they were received: a column each metric, and the cores as type_number=percent
          rollups    one-minute roll-ups: count, minimum, maximum and sum of each metric
          forecasts  as they were issued: a row each interval and quantile, and the quantile of the maximum up to there
          demand     what each group needs in all, in steps, as `maestro backtest` and `maestro replay` read it

        csv is as RFC 4180 has it, with a header, in UTC. line is the line protocol of InfluxDB, in nanoseconds, with the
        names that docs/storage.md gives; it can be imported:

          influx -import -path=samples.line                               InfluxDB 1.x
          influx write --bucket maestro/samples --file samples.line       InfluxDB 2.x; rollups and forecasts to maestro

        Examples:
          maestro export --from 2026-11-01 --to 2026-11-02 --what rollups --format csv --out november-1.csv
          maestro export --from 2026-11-01 --to 2026-11-02 --serial 2142BA0042 --data /var/lib/maestro > one.csv
          maestro export --from 2026-10-01 --to 2026-11-01 --what demand --group 3 --out demand.csv
          maestro export --from 2026-11-01 --to 2026-11-02 --format line --out samples.line
        """;

    public static Command Create()
    {
        var (config, data) = (ServerSettings.File(), ServerSettings.Data());
        var (from, to) = (Times.Option("--from", "Only what is of this time or later"),
            Times.Option("--to", "Only what is before this time"));
        (from.Required, to.Required) = (true, true);
        var group = new Option<int?>("--group") { Description = "Only this Security Group", HelpName = "n" };
        var serial = new Option<string?>("--serial") { Description = "Only this SGM", HelpName = "serial" };
        var what = Choice("--what", "What to export", "samples", [.. Enum.GetNames<ExportWhat>().Select(n => n.ToLowerInvariant())]);
        var format = Choice("--format", "How to write it", "csv", ["csv", "line"]);
        var resource = Choice("--resource", "What is demanded", Resources.Default, [.. Resources.Names.Keys]);
        var step = Durations.Option("--step", "The step of demand, in whole minutes; the default is 5m");
        var file = new Option<string?>("--out")
        {
            Description = "File to write; it appears when it is whole. The default is standard output",
            HelpName = "file",
        };
        var command = new TaughtCommand("export", "Write samples, roll-ups, forecasts or demand for other tools", Lesson)
        {
            from, to, group, serial, what, format, resource, step, file, config, data,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(from) >= result.GetValue(to))
            {
                result.AddError("--to must be after --from.");
            }

            if (result.GetValue(what) == "demand" && result.GetValue(format) == "line")
            {
                result.AddError("Demand is written as csv only; leave --format out, or export rollups.");
            }

            if (result.GetValue(step) is { } given && given.Ticks % TimeSpan.TicksPerMinute != 0)
            {
                result.AddError($"--step is {given:c}; write a whole number of minutes, like 5m.");
            }

            if (result.GetValue(group) is < 1)
            {
                result.AddError("--group must be the number of a Security Group, from 1.");
            }
        });
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(config),
            parsed.GetValue(data),
            new ExportSettings
            {
                What = Enum.Parse<ExportWhat>(parsed.GetValue(what)!, ignoreCase: true),
                IsLine = parsed.GetValue(format) == "line",
                From = parsed.GetValue(from)!.Value,
                To = parsed.GetValue(to)!.Value,
                Group = parsed.GetValue(group) is { } number ? new SecurityGroupId(number) : null,
                Serial = parsed.GetValue(serial) is { } text ? new GatewaySerial(text) : null,
                Resource = Resources.Names[parsed.GetValue(resource)!],
                Step = parsed.GetValue(step) ?? TimeSpan.FromMinutes(5),
                Out = parsed.GetValue(file),
            },
            cancellationToken));
        return command;
    }

    private static Option<string> Choice(string name, string description, string usual, string[] choices)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.AcceptOnlyFromAmong(choices);
        return option;
    }

    private static Task<int> RunAsync(
        FileInfo? config, string? data, ExportSettings settings, CancellationToken cancellationToken) =>
        TransferErrors.GuardAsync(
            () => new ExportRun(StoreSettings.Of(config, data), settings).RunAsync(cancellationToken));
}
