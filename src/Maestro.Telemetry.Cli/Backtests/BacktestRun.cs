using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Backtest;
using Spectre.Console;

namespace Maestro.Telemetry.Cli.Backtests;

/// <summary>Reads series, judges models on them, and prints what they came to.</summary>
internal sealed class BacktestRun(BacktestSettings settings)
{
    private const int LongestHorizon = 20_000;

    private static readonly TimeSpan[] BucketEnds =
        [TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromDays(1)];

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (settings.Series != "-" && !File.Exists(settings.Series))
        {
            await Console.Error.WriteLineAsync(
                $"--series is '{settings.Series}', and there is no such file; name a CSV file, or - for standard input.");
            return ExitCodes.Usage;
        }

        return await new ReportOutput<List<SeriesBacktest>>
        {
            Source = settings.Series,
            Html = settings.Html,
            Json = settings.Json,
            ToHtml = HtmlReport.Of,
            ToJson = BacktestJson.Of,
            Print = static results => BacktestView.Print(Terminal.Out, results),
        }.RunAsync(Work, cancellationToken);

        List<SeriesBacktest> Work()
        {
            using var reader = settings.Series == "-" ? Console.In : File.OpenText(settings.Series);
            return WithProgress(SeriesCsv.Parse(reader, settings.Step), cancellationToken);
        }
    }

    /// <summary>Judges the models on each of the chosen columns.</summary>
    /// <param name="done">Told after each model of each series; may be null.</param>
    /// <exception cref="FormatException">A column is not there, or a duration does not fit the grid.</exception>
    internal List<SeriesBacktest> Run(SeriesCsv csv, Action<string>? done, CancellationToken cancellationToken)
    {
        var options = Options(csv);
        var horizon = Whole(csv, settings.Horizon, "--horizon");
        var results = new List<SeriesBacktest>();
        foreach (var (name, all) in Chosen(csv))
        {
            var (first, values) = Trim(name, all);
            var series = new TrainingSeries
            {
                Values = values,
                Periods = [.. new[] { csv.Steps(TimeSpan.FromDays(1)), csv.Steps(TimeSpan.FromDays(7)) }.Where(p => p >= 2)],
                Lowest = TrainingSeries.LowestOf(values),
                MaxHorizon = horizon,
            };
            var progress = done is null ? null : new Steps(model => done($"{name}: {model}"));
            var result = new Backtester(options).Run(series, progress, cancellationToken);
            results.Add(new(name, csv.Start + (first * csv.Step), csv.Step, values, result));
        }

        return results;
    }

    private BacktestOptions Options(SeriesCsv csv) => new()
    {
        Models = settings.Models,
        Origins = settings.Origins,
        Stride = settings.Stride is { } stride ? Whole(csv, stride, "--stride") : 0,
        Context = Whole(csv, settings.Context, "--context"),
        Strategy = settings.Strategy,
        RefitEvery = settings.RefitEvery,
        Windows = [.. settings.Windows.Select(csv.Steps).Where(static steps => steps > 1).Distinct().Order()],
        Buckets = [.. BucketEnds.Prepend(csv.Step).Select(csv.Steps).Where(static steps => steps > 0).Distinct().Order()],
    };

    private static int Whole(SeriesCsv csv, TimeSpan span, string option) =>
        csv.Steps(span) is var steps and >= 1 and <= LongestHorizon
            ? steps
            : throw new FormatException(
                $"{option} is {span:c}; it must be a whole number of steps of {csv.Step:c}, from 1 to {LongestHorizon}.");

    private IEnumerable<(string Name, double[] Values)> Chosen(SeriesCsv csv) =>
        ColumnChoice.Of(csv.Columns, static column => column.Name, settings.Columns);

    /// <summary>Without the missing values before the first and after the last known one.</summary>
    private static (int First, double[] Values) Trim(string name, double[] all)
    {
        var first = Array.FindIndex(all, static value => !double.IsNaN(value));
        return first < 0
            ? throw new FormatException($"{name} has no value at all; choose other columns with --column.")
            : (first, all[first..(Array.FindLastIndex(all, static value => !double.IsNaN(value)) + 1)]);
    }

    private List<SeriesBacktest> WithProgress(SeriesCsv csv, CancellationToken cancellationToken)
    {
        if (Console.IsErrorRedirected)
        {
            return Run(csv, null, cancellationToken);
        }

        return Terminal.Error.Progress().AutoClear(true).Start(context =>
        {
            var models = settings.Models.Count(static model => model.Name != "seasonal-naive") + 1;
            var bar = context.AddTask("judging", maxValue: Chosen(csv).Count() * models);
            return Run(csv, Show, cancellationToken);

            void Show(string what)
            {
                bar.Increment(1);
                bar.Description = Markup.Escape(what);
            }
        });
    }

    private sealed class Steps(Action<string> done) : IProgress<string>
    {
        public void Report(string value) => done(value);
    }
}
