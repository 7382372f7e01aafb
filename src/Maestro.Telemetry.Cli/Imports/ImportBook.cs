using System.Text.Json;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Cli.Imports;

/// <summary>
/// Which minutes of which SGMs were imported, in a file in the data directory. A roll-up alone does not say whether it was
/// measured: a sender of little, once a minute, leaves the same. Minutes are noted before they are stored, so that those of
/// an import that was interrupted are known again. Not safe for concurrent use.
/// </summary>
internal sealed class ImportBook
{
    private const string FileName = "imports.json";
    private const long MostBytes = 64 << 20;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly string _path;
    private readonly string _store;
    private readonly SecurityGroupId _group;
    private readonly List<ImportedRange> _ranges;
    private readonly HashSet<(string Serial, DateTimeOffset Minute)> _minutes = [];

    private ImportBook(string path, string store, SecurityGroupId group, List<ImportedRange> ranges)
    {
        (_path, _store, _group, _ranges) = (path, store, group, ranges);
        foreach (var range in ranges.Where(r => r.Store == store && r.Group == group.Value))
        {
            for (var minute = range.From; minute < range.To; minute += HistorySeries.Minute)
            {
                _minutes.Add((range.Serial, minute));
            }
        }
    }

    /// <summary>What was noted; nothing when there is no book yet.</summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="store">The name of the store in it.</param>
    /// <param name="group">The group whose SGMs are asked for.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FormatException">The book is damaged.</exception>
    public static async Task<ImportBook> OpenAsync(
        string directory, string store, SecurityGroupId group, CancellationToken cancellationToken)
    {
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
        {
            return new(path, store, group, []);
        }

        if (new FileInfo(path).Length > MostBytes)
        {
            throw new FormatException($"{path} has more than {MostBytes} bytes; it is no book of imports.");
        }

        try
        {
            await using var file = File.OpenRead(path);
            var ranges = await JsonSerializer.DeserializeAsync<List<ImportedRange>>(file, Json, cancellationToken) ?? [];
            return new(path, store, group, ranges);
        }
        catch (JsonException e)
        {
            throw new FormatException(
                $"{path} is damaged ({e.Message}); restore it, or move it away: what was imported of SGMs then counts as measured.", e);
        }
    }

    /// <summary>True when the minute of the SGM in the group was imported.</summary>
    public bool Has(GatewaySerial serial, DateTimeOffset minute) => _minutes.Contains((serial.Value, minute));

    /// <summary>Notes minutes, in order of time; on the disk when it returns.</summary>
    public async Task AddAsync(
        GatewaySerial serial, IEnumerable<DateTimeOffset> minutes, CancellationToken cancellationToken)
    {
        var isNew = false;
        foreach (var minute in minutes.Where(m => _minutes.Add((serial.Value, m))))
        {
            isNew = true;
            if (_ranges is [.., var last] && last.Store == _store && last.Group == _group.Value
                && last.Serial == serial.Value && last.To == minute)
            {
                _ranges[^1] = last with { To = minute + HistorySeries.Minute };
            }
            else
            {
                _ranges.Add(new(_store, _group.Value, serial.Value, minute, minute + HistorySeries.Minute));
            }
        }

        if (isNew)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            await using var file = AtomicFile.Create(_path);
            await JsonSerializer.SerializeAsync(file.Stream, _ranges, Json, cancellationToken);
            file.Stream.Flush(flushToDisk: true);
            file.Keep();
        }
    }
}
