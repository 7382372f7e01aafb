using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Series;
using Microsoft.Data.Sqlite;

namespace Maestro.Telemetry.Cli.Replays.Import;

/// <summary>Finds the importer for each recording, and chooses of what it gives.</summary>
internal static class TraceImport
{
    private static readonly byte[] SqliteMagic = [.. "SQLite format 3\0"u8];

    /// <summary>The groups of all sources, cut to the time and the columns that are wanted.</summary>
    /// <exception cref="FormatException">A recording is not what it should be, or a column is not there.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IReadOnlyList<ImportedTrace> Read(IEnumerable<TraceSource> sources, ImportOptions options)
    {
        var traces = new List<ImportedTrace>();
        foreach (var source in sources)
        {
            // Files of a kind that is looked up stand each for itself, even when they are alike.
            traces.AddRange(source.Format is { } format
                ? Importer(format).Read(source.Files, options)
                : source.Files.SelectMany(file => Importer(FormatOf(file)).Read([file], options)));
        }

        return [.. ColumnChoice.Of(traces, static trace => trace.Column, options.Columns).Select(t => Cut(t, options))];
    }

    /// <summary>What a file holds, by its first bytes.</summary>
    public static TraceFormat FormatOf(string file)
    {
        if (Directory.Exists(file))
        {
            return TraceFormat.Store;
        }

        var start = new byte[512];
        using var stream = File.OpenRead(file);
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (start.AsSpan().StartsWith(SqliteMagic))
        {
            return IsStore(file) ? TraceFormat.Store : TraceFormat.Cpview;
        }

        var text = start.AsSpan().TrimStart("\uFEFF"u8).TrimStart(" \t\r\n"u8);
        return text is [(byte)'{', ..] ? TraceFormat.Prometheus : TraceFormat.Csv;
    }

    private static ITraceImporter Importer(TraceFormat format) => format switch
    {
        TraceFormat.Prometheus => new PrometheusImporter(),
        TraceFormat.Cpview => new CpviewImporter(),
        TraceFormat.Store => new StoreImporter(),
        _ => new CsvImporter(),
    };

    private static bool IsStore(string file)
    {
        try
        {
            using var connection = CpviewFile.Open(file);
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT COUNT(*) FROM sqlite_master WHERE name IN ('rollup', 'gateway_group')";
            return (long)command.ExecuteScalar()! == 2;
        }
        catch (SqliteException)
        {
            // A damaged one: the importer says so, with what to do.
            return false;
        }
    }

    private static ImportedTrace Cut(ImportedTrace trace, ImportOptions options)
    {
        var series = trace.Series;
        var first = options.From > series.Start ? Index(series, options.From.Value) : 0;
        var end = options.To < series.End ? Index(series, options.To.Value) : series.Count;
        return first < end
            ? trace with { Series = new(series.TimeAt(first), series.Step, series.Values[first..end]) }
            : throw new FormatException(
                $"{trace.Name} has points from {series.Start:u} to {series.End - series.Step:u}, and none of them is within "
                + "--from and --to; choose another time.");
    }

    /// <summary>The first sample at or after a time.</summary>
    private static int Index(TimeSeries series, DateTimeOffset time) =>
        Math.Max(0, (int)Math.Ceiling((time - series.Start) / series.Step));
}
