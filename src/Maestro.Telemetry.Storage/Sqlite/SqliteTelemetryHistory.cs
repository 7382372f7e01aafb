using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>
/// What a telemetry database holds, for reading only: the service may be writing it meanwhile, or nobody may be allowed
/// to. Not safe for concurrent use.
/// </summary>
public sealed partial class SqliteTelemetryHistory : ITelemetryHistory, IDisposable
{
    private readonly Database _database;

    private SqliteTelemetryHistory(Database database) => _database = database;

    /// <summary>The first minute of which there are roll-ups, and the end of the last; null when there are none.</summary>
    public (DateTimeOffset First, DateTimeOffset End)? Span =>
        _database.Scalar("SELECT MIN(id) FROM rollup") is { } first
        && _database.Scalar("SELECT MAX(id) FROM rollup") is { } last
            ? (TimeOf(first), TimeOf(last).AddMinutes(1))
            : null;

    /// <summary>True when there is a database in a data directory.</summary>
    public static bool Exists(string directory) => File.Exists(Path.Combine(directory, DataDirectory.TelemetryFile));

    /// <summary>Opens the database.</summary>
    /// <param name="path">The file, or the data directory that it is in.</param>
    /// <exception cref="StoreUnavailableException">It cannot be read as a telemetry database.</exception>
    public static SqliteTelemetryHistory Open(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var file = Directory.Exists(path) ? Path.Combine(path, DataDirectory.TelemetryFile) : path;
        var database = Database.OpenReadOnly(file, new SqliteStoreOptions());
        try
        {
            Check(database);
            return new(database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Roll-ups in [from, to), in order of time: one state of the database, however long it takes.</summary>
    public IEnumerable<RollupRow> ReadRollups(RollupQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        _database.BeginRead();
        try
        {
            var names = GatewayNames.Read(_database);
            int[] metrics = [.. query.Metrics.Select(MetricColumns.IndexOf)];
            var range = _database.Cached("SELECT id, v FROM rollup WHERE id >= ? AND id < ? ORDER BY id");
            range.Bind(1, RollupKey.MinuteAtOrAfter(query.From) << RollupKey.SuffixBits);
            range.Bind(2, RollupKey.MinuteAtOrAfter(query.To) << RollupKey.SuffixBits);
            while (range.Step())
            {
                var key = range.GetInt64(0);
                SecurityGroupId? group = RollupKey.Group(key) is var number and not 0 ? new(number) : null;
                var serial = names[RollupKey.Gateway(key)];
                if ((query.Group ?? group) == group && (query.Serial ?? serial) == serial)
                {
                    yield return new(TimeOf(key), serial, group, Values(range.GetBlob(1), metrics));
                }
            }
        }
        finally
        {
            _database.Abandon();
        }
    }

    public void Dispose() => _database.Dispose();

    private static Rollup[] Values(ReadOnlySpan<byte> bytes, int[] metrics)
    {
        var values = new Rollup[metrics.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = RollupCodec.Read(bytes, metrics[i]);
        }

        return values;
    }

    private static DateTimeOffset TimeOf(long key) => DateTimeOffset.UnixEpoch.AddMinutes(RollupKey.Minute(key));

    private static void Check(Database database)
    {
        var version = database.Scalar("PRAGMA user_version") ?? 0;
        var isStore = database.Scalar("SELECT COUNT(*) FROM sqlite_master WHERE name IN ('rollup', 'gateway')") == 2;
        if (!isStore || version < 1)
        {
            throw new StoreUnavailableException(
                $"The database '{database.Path}' is no telemetry database. Name the data directory of the service, or the "
                + $"{DataDirectory.TelemetryFile} in it.");
        }

        if (version > TelemetrySchema.Steps.Length)
        {
            throw new StoreUnavailableException(
                $"The database '{database.Path}' has schema {version}, and this release knows schemas up to "
                + $"{TelemetrySchema.Steps.Length}. Use the release that wrote it or a newer one.");
        }
    }
}
