using System.CommandLine;

namespace Maestro.Telemetry.Benchmarks.Stores;

/// <summary>The subcommand read.</summary>
internal static class ReadCommand
{
    private const string About = """
        How long do reads take: a group's day by minute, an SGM's day of samples, and what Grafana's panels ask?

        Both stores are filled with the same days of 50 SGMs in groups of ten, a row of all metrics each 10 s. Each read
        is done three times, and then timed. With --influx the same is done with an InfluxDB that runs, in a database of
        its own that is dropped at the end. For example:

          read                                    SQLite alone
          read --influx http://127.0.0.1:8086     both, and the panels' queries
        """;

    public static Command Create()
    {
        var defaults = new ReadSettings();
        var json = new Option<bool>("--json") { Description = "Print one JSON array instead of a table" };
        var influx = InfluxDatabase.Option();
        var runs = Numbers.Option("--runs", "How often each read is timed", defaults.Runs, 10_000);
        var sgms = Numbers.Option("--sgms", "SGMs, in groups of ten", defaults.Sgms, 1_000);
        sgms.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() <= 10)
            {
                result.AddError("--sgms must be more than 10: the second group is read.");
            }
        });
        var days = Numbers.Option("--days", "Days of samples; the last one is read", defaults.Days, 30);
        var command = new Command("read", About) { json, influx, runs, sgms, days };
        command.SetAction((parsed, cancellationToken) => new ReadBenchmark(new ReadSettings
        {
            Influx = parsed.GetValue(influx),
            Runs = parsed.GetValue(runs),
            Sgms = parsed.GetValue(sgms),
            Days = parsed.GetValue(days),
            Json = parsed.GetValue(json),
        }).RunAsync(cancellationToken));
        return command;
    }
}
