using System.CommandLine;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Cli.Replays;
using Maestro.Telemetry.Cli.Tuning;

namespace Maestro.Telemetry.Cli.Commands;

/// <summary>Which settings of the scaling policy suit a group, by its own traffic.</summary>
internal static class TuneCommand
{
    private const string About = "Try settings of the scaling policy on recorded traffic, and recommend one per group";

    private const string Lesson = """
        The trace is as for `maestro replay`. The planner runs over it once for each setting, all of them side by side, so
        that each forecast is made once. Turned are the quantile and the target utilization, in all combinations, and at
        each quantile the switching cost, the stabilization and the cooldown, one at a time.

        Settings are chosen by the first 60 % of the decisions and judged by the rest, which the choice does not see. The
        table shows the frontier: settings than which no other is as good in shortage, cost and changes.

          --max-under 0.3   the cheapest that is short at most 0.3 % of the time; this is the default
          --max-cost 1.1    the least short that costs at most 1.1 times the oracle's unit-hours

        With both, the cheapest that keeps both. It ends with lines for the configuration of the group.

        Examples:
          maestro tune --trace demand.csv --lead 15m
          maestro tune --trace demand.csv --lead 30m --survive off --max-cost 1.1 --html tuning.html
        """;

    public static Command Create()
    {
        var traces = new Option<string[]>("--trace")
        {
            Description = "CSV file; may be given more than once",
            HelpName = "file",
            Required = true,
        };
        var columns = SharedOptions.Many("--column", "Column to tune for; may be given more than once. The default is all");
        var planned = new PolicyOptions();
        var under = Limit("--max-under", "Most time with too few units, in percent");
        var cost = Limit("--max-cost", "Most unit-hours, as a multiple of the oracle's");
        var html = SharedOptions.Html();
        var json = SharedOptions.Json();
        var command = new TaughtCommand("tune", About, Lesson)
        {
            traces, columns, under, cost, html, json,
        };
        planned.AddTo(command);
        command.SetAction((parsed, cancellationToken) => new TuneRun(
            planned.Read(parsed) with
            {
                Traces = parsed.GetValue(traces)!,
                Columns = parsed.GetValue(columns)!,
                Html = parsed.GetValue(html),
                Json = parsed.GetValue(json),
            },
            Limits(parsed.GetValue(under), parsed.GetValue(cost))).RunAsync(cancellationToken));
        return command;
    }

    private static TuneLimits Limits(double? under, double? cost) =>
        new(under ?? (cost is null ? 0.3 : null), cost);

    private static Option<double?> Limit(string name, string description)
    {
        var option = new Option<double?>(name) { Description = description, HelpName = "x" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is { } given && !(given >= 0 && double.IsFinite(given)))
            {
                result.AddError($"{name} must be a number of at least 0.");
            }
        });
        return option;
    }
}
