using System.CommandLine;
using System.Globalization;
using Maestro.Telemetry.Forecasting;

namespace Maestro.Telemetry.Benchmarks.Forecast;

/// <summary>The subcommand forecast.</summary>
internal static class ForecastCommand
{
    private const string About = """
        How good are the forecasts, with recorded series, and how long do they take?

        The series are not part of the repository: --data names a directory with them (docs/backtesting.md says which).
        Each is forecast from six origins in its newer half; figures are means over origins, then over series, then over
        columns. Without --robustness, --maxima, --timing or --series it is the accuracy; with them, those, and the
        accuracy too with --accuracy. For example:

          forecast --data DIR                                  accuracy of the usual chain
          forecast --data DIR --model direct --model theta     two models, one after the other
          forecast --data DIR --robustness --maxima            harmed histories; the quantile of maxima
          forecast --data DIR --timing --series 5000           one series on one core; 5,000 on all of them
        """;

    public static Command Create()
    {
        var data = new Option<string>("--data")
        {
            Description = "Directory of the series",
            HelpName = "directory",
            Required = true,
        };
        var models = new Option<string[]>("--model")
        {
            Description = "Model to measure; may be given more than once. The default is the usual chain",
            HelpName = "name",
            DefaultValueFactory = _ => [],
        };
        models.AcceptOnlyFromAmong([.. ForecastModels.Names]);
        var accuracy = new Option<bool>("--accuracy") { Description = "All metrics by group and horizon" };
        var robustness = new Option<bool>("--robustness") { Description = "MASE with gaps, spikes, a shift, little history" };
        var maxima = new Option<bool>("--maxima") { Description = "Coverage of the .95 quantile of maxima" };
        var timing = new Option<bool>("--timing") { Description = "Milliseconds on one core" };
        var series = Number("--series", "Series to refit on all cores, with memory", 0, 0, 100_000);
        var sub = new Option<bool>("--sub") { Description = "Two origins of each series instead of six" };
        var seed = Number("--seed", "What is harmed by chance comes from it", 0, int.MinValue, int.MaxValue);
        var jobs = Number("--jobs", "Cores to use", Environment.ProcessorCount, 1, 1_024);
        var json = new Option<bool>("--json") { Description = "Print one JSON array instead of tables" };
        var command = new Command("forecast", About)
        {
            data, models, accuracy, robustness, maxima, timing, series, sub, seed, jobs, json,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var other = parsed.GetValue(robustness) || parsed.GetValue(maxima) || parsed.GetValue(timing)
                || parsed.GetValue(series) > 0;
            return new ForecastBenchmark(new ForecastSettings
            {
                Data = parsed.GetValue(data)!,
                Models = parsed.GetValue(models)!,
                Accuracy = parsed.GetValue(accuracy) || !other,
                Robustness = parsed.GetValue(robustness),
                Maxima = parsed.GetValue(maxima),
                Timing = parsed.GetValue(timing),
                Series = parsed.GetValue(series),
                Sub = parsed.GetValue(sub),
                Seed = parsed.GetValue(seed),
                Jobs = parsed.GetValue(jobs),
                Json = parsed.GetValue(json),
            }).RunAsync(cancellationToken);
        });
        return command;
    }

    private static Option<int> Number(string name, string description, int value, int least, int most)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var given && (given < least || given > most))
            {
                result.AddError(string.Create(
                    CultureInfo.InvariantCulture, $"{name} is {given}; it must be from {least} to {most}."));
            }
        });
        return option;
    }
}
