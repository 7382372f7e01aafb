using System.CommandLine;
using System.CommandLine.Parsing;
using Maestro.Telemetry.Cli.Backtests;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Backtest;

namespace Maestro.Telemetry.Cli.Commands;

/// <summary>How good forecasts of your own series would have been.</summary>
internal static class BacktestCommand
{
    private const string About =
        "Judge forecasts on the past of your own series, against seasonal-naive";

    private const string Lesson = """
        The series come from a CSV file with a header: the time, then one column a series, on a regular grid; an empty
        field is a missing value. From several origins in the past each model forecasts with what was known then, and
        what followed is held against it.

          refit      fits anew at each origin
          update     fits once (or once in --refit-every origins) and observes the values in between, as the server does
          no-update  fits once and is told nothing more: how a model ages

        MASE below 1 beats the last season repeated within the history; "vs s-naive" below 1 beats seasonal-naive on the
        same days. "in 80 %" should be 80: how often what happened was within the interval. "maximum over" judges what
        the planner uses: the .95 quantile of the highest value of a window.

        Examples:
          maestro backtest --series demand.csv
          maestro backtest --series demand.csv --column gw1 --model seasonal-naive --model naive --html report.html
          maestro backtest --series demand.csv --strategy update --origins 28 --stride 6h --horizon 6h --json
        """;

    public static Command Create()
    {
        var series = new Option<string>("--series")
        {
            Description = "CSV file; - reads standard input",
            HelpName = "file",
            Required = true,
        };
        var columns = SharedOptions.Many("--column", "Column to judge; may be given more than once. The default is all");
        var models = SharedOptions.Many(
            "--model", $"Model to judge; may be given more than once. The default is {ForecastModels.Names[0]}");
        models.AcceptOnlyFromAmong([.. ForecastModels.Names]);
        var step = Durations.Option("--step", "The step that the grid must have; the default is that of the first two rows");
        var horizon = Durations.Option("--horizon", "How far to forecast; the default is 24h");
        var origins = SharedOptions.Within("--origins", "Moments to forecast from", 10, 1, 10_000);
        var stride = Durations.Option(
            "--stride", "Time between the origins, back from the end; the default spreads them over the newer half");
        var context = Durations.Option("--context", "The newest history to learn from; the default is 28d");
        var windows = new Option<TimeSpan[]?>("--window")
        {
            Description = "Length of windows whose maximum is judged; may be given more than once. The default is 30m and 60m",
            HelpName = "duration",
            CustomParser = ParseWindows,
        };
        var strategy = new Option<string>("--strategy")
        {
            Description = "What a model is told between the origins",
            HelpName = "refit|update|no-update",
            DefaultValueFactory = _ => "refit",
        };
        strategy.AcceptOnlyFromAmong("refit", "update", "no-update");
        var refitEvery = SharedOptions.Within(
            "--refit-every", "With update: fit once in so many origins; 0 for only once", 0, 0, 10_000);
        var html = SharedOptions.Html();
        var json = SharedOptions.Json();
        var command = new TaughtCommand("backtest", About, Lesson)
        {
            series, columns, models, step, horizon, origins, stride, context, windows, strategy, refitEvery, html, json,
        };
        command.SetAction((parsed, cancellationToken) => new BacktestRun(new BacktestSettings
        {
            Series = parsed.GetValue(series)!,
            Columns = parsed.GetValue(columns)!,
            Models = parsed.GetValue(models) is { Length: > 0 } names
                ? [.. names.Select(static name => ForecastModels.ByName(name)!)]
                : [ForecastModels.All[0]],
            Step = parsed.GetValue(step),
            Horizon = parsed.GetValue(horizon) ?? TimeSpan.FromHours(24),
            Origins = parsed.GetValue(origins),
            Stride = parsed.GetValue(stride),
            Context = parsed.GetValue(context) ?? TimeSpan.FromDays(28),
            Windows = parsed.GetValue(windows) is { Length: > 0 } chosen
                ? chosen
                : [TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(60)],
            Strategy = parsed.GetValue(strategy) switch
            {
                "update" => BacktestStrategy.Update,
                "no-update" => BacktestStrategy.NoUpdate,
                _ => BacktestStrategy.Refit,
            },
            RefitEvery = parsed.GetValue(refitEvery),
            Html = parsed.GetValue(html),
            Json = parsed.GetValue(json),
        }).RunAsync(cancellationToken));
        return command;
    }

    private static TimeSpan[]? ParseWindows(ArgumentResult result)
    {
        var windows = new List<TimeSpan>();
        foreach (var token in result.Tokens)
        {
            if (!Durations.TryParse(token.Value, out var window))
            {
                result.AddError($"'{token.Value}' is not a duration; write it like 30m or 1h.");
                return null;
            }

            windows.Add(window);
        }

        return [.. windows];
    }
}
