using System.CommandLine;
using Maestro.Telemetry.Cli.Batches;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Forecasting;

namespace Maestro.Telemetry.Cli.Commands;

/// <summary>Many series in, many forecasts out.</summary>
internal static class ForecastCommand
{
    private const string About =
        "Forecast many series: tasks in, quantiles out, one JSON object a line, in the same order";

    private const string Lesson = """
        A task has an id, the daily and the weekly period in steps, the horizon in steps, and the history with null
        where a value is missing:

          {"id":"gw1","m":288,"w":2016,"H":288,"values":[812.5,790.1,null,805.7]}

        m is 288 for 5-minute steps, 1440 for one minute, 24 for one hour; w is 7 × m; 1 means none. A task may also
        have lowest and highest (what values are possible; lowest is 0 unless a value is negative), events (true where
        a value must not be learned) and members (SGMs behind each value). Each answer has one row per step with the
        quantiles .025 .1 .2 .3 .4 .5 .6 .7 .8 .9 .95 .975 .99:

          {"id":"gw1","q":[[790.2,…],…]}

        A task that is wrong or cannot be forecast is answered with {"id","error"}, counted, and makes the exit code 1.

        Examples:
          maestro forecast --tasks tasks.jsonl --out forecasts.jsonl
          maestro forecast --tasks - --out - --model seasonal-naive < tasks.jsonl | head -1
          maestro forecast --tasks tasks.jsonl --out forecasts.jsonl --maxima --details --budget 2s
        """;

    public static Command Create()
    {
        var tasks = new Option<string>("--tasks")
        {
            Description = "File of tasks; - reads standard input",
            HelpName = "file",
            Required = true,
        };
        var output = new Option<string>("--out")
        {
            Description = "File of forecasts, written whole or not at all; - writes standard output",
            HelpName = "file",
            Required = true,
        };
        var model = new Option<string?>("--model")
        {
            Description = "Model to begin with; seasonal-naive and naive follow when it cannot learn a series",
            HelpName = "name",
        };
        model.AcceptOnlyFromAmong([.. ForecastModels.Names]);
        var jobs = SharedOptions.Within(
            "--jobs", "Series worked on at once; the default is one for each core", Environment.ProcessorCount, 1, 1_024);
        var budget = Durations.Option(
            "--budget", "Time for one series; when it is over, a quicker model takes it. The default is no limit");
        var maxima = new Option<bool>("--maxima") { Description = "Add max: quantiles of the maximum up to each step" };
        var details = new Option<bool>("--details") { Description = "Add status, model and reason to each answer" };
        var json = new Option<bool>("--json") { Description = "Print the summary as one JSON object" };
        var command = new TaughtCommand("forecast", About, Lesson) { tasks, output, model, jobs, budget, maxima, details, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var settings = new BatchSettings
            {
                Tasks = parsed.GetValue(tasks)!,
                Out = parsed.GetValue(output)!,
                Model = parsed.GetValue(model) is { } name ? ForecastModels.ByName(name) : null,
                Jobs = parsed.GetValue(jobs),
                Budget = parsed.GetValue(budget),
                Maxima = parsed.GetValue(maxima),
                Details = parsed.GetValue(details),
                Json = parsed.GetValue(json),
            };
            return new BatchRun(settings, TimeProvider.System).RunAsync(cancellationToken);
        });
        return command;
    }
}
