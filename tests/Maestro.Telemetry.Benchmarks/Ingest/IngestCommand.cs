using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Maestro.Telemetry.Benchmarks.Ingest;

/// <summary>The subcommand ingest.</summary>
internal static class IngestCommand
{
    private const string About = """
        How many values per second does the collector take from gRPC until they are committed in SQLite?

        The server runs in a process of its own, so that its CPU time and memory are its own; this process sends. Each
        stream is one SGM with 12 metrics; it sends as fast as acknowledgements open its window, and a value counts
        once it is acknowledged. Before each case the store alone is measured with the same batches and no gRPC.
        """;

    public static Command Create()
    {
        var defaults = new IngestSettings();
        var json = new Option<bool>("--json") { Description = "Print one JSON array instead of a table" };
        var smoke = new Option<bool>("--smoke") { Description = "A second of small batches: does it run" };
        var streams = new Option<int[]>("--streams")
        {
            Description = "Streams open at once; several separated by commas are several cases",
            HelpName = "n,n,...",
            CustomParser = ParseStreams,
            DefaultValueFactory = _ => [.. defaults.Streams],
        };
        var seconds = Numbers.Option("--seconds", "Seconds to measure each case for", defaults.Seconds, 600);
        var rows = Numbers.Option("--batch-rows", "Rows of each batch, 5 s apart", defaults.BatchRows, 5_000);
        rows.Aliases.Add("--interval-rows");
        var command = new Command("ingest", About) { json, smoke, streams, seconds, rows };
        command.SetAction((parsed, cancellationToken) =>
        {
            var settings = parsed.GetValue(smoke)
                ? IngestSettings.Smoke
                : new IngestSettings
                {
                    Streams = parsed.GetValue(streams)!,
                    Seconds = parsed.GetValue(seconds),
                    BatchRows = parsed.GetValue(rows),
                };
            return new IngestBenchmark(settings with { Json = parsed.GetValue(json) }).RunAsync(cancellationToken);
        });
        return command;
    }

    private static int[] ParseStreams(ArgumentResult result)
    {
        var streams = new List<int>();
        foreach (var part in result.Tokens.SelectMany(token => token.Value.Split(',')))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                || count is < 1 or > 1_000)
            {
                result.AddError($"'{part}' is not a number of streams; write for example 1,8,100, each from 1 to 1000.");
                return [];
            }

            streams.Add(count);
        }

        return [.. streams];
    }
}
