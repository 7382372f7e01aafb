using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Maestro.Telemetry.Benchmarks.Peers;

namespace Maestro.Telemetry.Benchmarks.Ingest;

/// <summary>The subcommand ingest.</summary>
internal static class IngestCommand
{
    private static readonly string About = $"""
        How many values per second does the collector take from gRPC until they are committed in SQLite?

        The server runs in a process of its own, so that its CPU time and memory are its own; this process sends. Each
        stream is one SGM with 12 metrics; it sends as fast as acknowledgements open its window, and a value counts
        once it is acknowledged. Before each case the store alone is measured with the same batches and no gRPC.

        With --peers: how do the collectors compare? The same values go to each in turn: after a warm-up as fast as it
        acknowledges them, four requests under way; then 10,000 rows (120,000 values) a second. CPU seconds are those of
        the server's process; in the end its store is asked how many values it has. Then its memory is measured with
        1,000 and 10,000 open streams. What is not installed is left out. All of it takes about ten minutes. Names:
        {string.Join(", ", PeersBenchmark.All.Select(peer => peer.Name))}.
        """;

    public static Command Create()
    {
        var defaults = new IngestSettings();
        var json = new Option<bool>("--json") { Description = "Print one JSON array instead of a table" };
        var smoke = new Option<bool>("--smoke") { Description = "A second of small batches: does it run" };
        var streams = new Option<int[]>("--streams")
        {
            Description = "Streams open at once; several separated by commas are several cases. With --peers: those that "
                + "memory is measured with, 1000,10000 when not given",
            HelpName = "n,n,...",
            CustomParser = ParseStreams,
            DefaultValueFactory = _ => [.. defaults.Streams],
        };
        var seconds = Numbers.Option("--seconds", "Seconds to measure each case for", defaults.Seconds, 600);
        var rows = Numbers.Option("--batch-rows", "Rows of each batch, 5 s apart", defaults.BatchRows, 5_000);
        rows.Aliases.Add("--interval-rows");
        var peers = new PeersOptions(streams);
        var command = new Command("ingest", About) { json, smoke, streams, seconds, rows };
        peers.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            if (peers.Read(parsed, parsed.GetValue(smoke)) is { } comparison)
            {
                return new PeersBenchmark(comparison with { Json = parsed.GetValue(json) }).RunAsync(cancellationToken);
            }

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
                || count is < 1 or > 15_000)
            {
                result.AddError($"'{part}' is not a number of streams; write for example 1,8,100, each from 1 to 15000.");
                return [];
            }

            streams.Add(count);
        }

        return [.. streams];
    }
}
