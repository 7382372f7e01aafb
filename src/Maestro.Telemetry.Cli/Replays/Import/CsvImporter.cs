using Maestro.Telemetry.Cli.Backtests;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Cli.Replays.Import;

/// <summary>CSV files: the time, then one column a group.</summary>
internal sealed class CsvImporter : ITraceImporter
{
    public IReadOnlyList<ImportedTrace> Read(IReadOnlyList<string> files, ImportOptions options) =>
        [.. files.SelectMany(file => Read(file, options))];

    private static IEnumerable<ImportedTrace> Read(string file, ImportOptions options)
    {
        using var reader = File.OpenText(file);
        var csv = Parse(file, reader, options);
        var name = Path.GetFileNameWithoutExtension(file);
        return csv.Columns.Select(column => new ImportedTrace(
            column.Name,
            csv.Columns.Count == 1 ? name : $"{name}:{column.Name}",
            new TimeSeries(csv.Start, csv.Step, column.Values)));
    }

    private static SeriesCsv Parse(string file, TextReader reader, ImportOptions options)
    {
        try
        {
            return SeriesCsv.Parse(reader, options.Step, options.Bounds, options.GapsAllowed);
        }
        catch (FormatException e)
        {
            throw new FormatException($"{file}: {e.Message}", e);
        }
    }
}
