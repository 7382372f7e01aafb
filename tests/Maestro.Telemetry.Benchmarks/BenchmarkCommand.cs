using System.CommandLine;
using Maestro.Telemetry.Benchmarks.Forecast;
using Maestro.Telemetry.Benchmarks.Ingest;
using Maestro.Telemetry.Benchmarks.Plan;
using Maestro.Telemetry.Benchmarks.Stores;

namespace Maestro.Telemetry.Benchmarks;

/// <summary>The benchmarks, one subcommand each.</summary>
internal static class BenchmarkCommand
{
    private const string About = """
        Measures Maestro.Telemetry. Each subcommand answers one question; its --help says which.

        Build with -c Release and leave the machine alone while it runs. docs/benchmarks.md has figures and says how
        to read them. For example:

          ingest                          streams of 1, 8 and 100 SGMs, five seconds each
          ingest --json --streams 8       one case, as JSON
          forecast --data DIR             how good forecasts are, with recorded series
          read --influx URL               how long the stores take for a day
          migrate --influx URL            how long a week of roll-ups takes from SQLite to InfluxDB
          plan                            how long a plan takes
          --smoke                         every benchmark for a second: does it run, not how fast
        """;

    public static RootCommand Create()
    {
        var smoke = new Option<bool>("--smoke") { Description = "Run every benchmark for a second" };
        var root = new RootCommand(About)
        {
            smoke,
            IngestCommand.Create(),
            ReadCommand.Create(),
            MigrateCommand.Create(),
            ForecastCommand.Create(),
            PlanCommand.Create(),
            ServeIngestCommand.Create(),
        };
        root.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(smoke))
            {
                return await new IngestBenchmark(IngestSettings.Smoke).RunAsync(cancellationToken);
            }

            return await root.Parse("--help").InvokeAsync(cancellationToken: cancellationToken);
        });
        return root;
    }
}
