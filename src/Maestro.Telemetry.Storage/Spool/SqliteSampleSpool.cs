using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.Storage.Spool;

/// <summary>
/// A spool in a SQLite file of its own, one row per append, with a seal on each. A damaged file is put aside and
/// replaced with what can be read of it; a damaged append is put aside within the file.
/// </summary>
public sealed class SqliteSampleSpool : ISampleSpool
{
    public const string FileName = "spool.db";

    // An emptied file that is larger gives its room back to the disk.
    private const long ShrinkBytes = 64L << 20;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly SqliteStoreOptions _options;
    private readonly string _path;
    private readonly long _maxBytes;
    private Database _database;
    private volatile SpoolStatistics _statistics = new(0, 0, 0, null, 0, null);
    private long _passedOn;
    private long _rows;
    private long _bytes;
    private DateTimeOffset? _oldest;
    private long _damagedRows;
    private string? _damage;
    private bool _disposed;

    private SqliteSampleSpool(string path, long maxBytes, SqliteStoreOptions options)
    {
        _path = path;
        _maxBytes = maxBytes;
        _options = options;
        (_database, _damage) = SpoolFile.Open(path, options);
        Sum();
        Tell();
    }

    public SpoolStatistics Statistics => _statistics;

    /// <summary>Opens the spool of a data directory, and makes its file when there is none.</summary>
    /// <param name="maxBytes">Bytes of samples that it may hold; above 0.</param>
    /// <exception cref="StoreUnavailableException">The directory or the file cannot be used.</exception>
    public static SqliteSampleSpool Open(SqliteStoreOptions options, long maxBytes)
    {
        options.ThrowIfInvalid();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBytes);
        var directory = DataDirectory.Ensure(options.Directory);
        return new SqliteSampleSpool(Path.Combine(directory, FileName), maxBytes, options);
    }

    public async ValueTask AppendAsync(
        IReadOnlyList<SampleBatch> batches, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var payload = BatchCodec.Encode(batches);
        var row = new SpoolRow(
            0, now.ToUnixTimeMilliseconds(), batches.Sum(b => (long)b.Rows), SpoolRow.SealOf(payload), payload);
        await RunAsync(
            database =>
            {
                if (_bytes + payload.Length > _maxBytes)
                {
                    throw new SpoolFullException(
                        $"The spool '{_path}' holds {_bytes} of {_maxBytes} bytes, and {payload.Length} more "
                        + "do not fit; bring the store back, or allow it more.");
                }

                InTransaction(database, () => SpoolTable.Insert(database, row));
                _rows += row.Rows;
                _bytes += payload.Length;
                _oldest ??= now;
                return true;
            },
            cancellationToken);
    }

    public async ValueTask<SpooledBatches?> PeekAsync(int maxRows, CancellationToken cancellationToken) =>
        await RunAsync(
            database =>
            {
                while (SpoolTable.ReadAfter(database, _passedOn, maxRows) is [_, ..] read)
                {
                    var batches = new List<SampleBatch>();
                    foreach (var row in read)
                    {
                        Decode(database, row, batches);
                    }

                    if (batches.Count > 0)
                    {
                        return new SpooledBatches(batches, read[^1].Id, batches.Sum(b => (long)b.Rows));
                    }
                }

                return null;
            },
            cancellationToken);

    public async ValueTask RemoveAsync(SpooledBatches batches, CancellationToken cancellationToken)
    {
        // Before the disk is asked: whatever it says, they have been passed on.
        _passedOn = Math.Max(_passedOn, batches.LastId);
        await RunAsync(database => Delete(database, batches.LastId), cancellationToken);
    }

    public async ValueTask<long> ExpireAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        await RunAsync(
            database =>
            {
                var rows = _rows;
                var last = SpoolTable.LastBefore(database, before.ToUnixTimeMilliseconds());
                return last > _passedOn && Delete(database, last) ? rows - _rows : 0;
            },
            cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (!_disposed)
            {
                _disposed = true;
                _database.Dispose();
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private static void InTransaction(Database database, Action work)
    {
        try
        {
            database.Begin();
            work();
            database.Commit();
        }
        finally
        {
            // After a commit there is nothing to undo.
            database.Abandon();
        }
    }

    /// <summary>Puts a damaged append aside, so that it is counted once and those behind it are reached.</summary>
    private void Decode(Database database, SpoolRow row, List<SampleBatch> batches)
    {
        try
        {
            if (row.IsWhole)
            {
                batches.AddRange(BatchCodec.Decode(row.Payload));
                return;
            }
        }
        catch (InvalidDataException e)
        {
            _damage = e.Message;
        }

        InTransaction(database, () => SpoolTable.PutAside(database, row));
        _damagedRows += row.Rows;
        _rows -= row.Rows;
        _bytes -= row.Payload.Length;
        _damage = $"Append {row.Id} of the spool '{_path}' with {row.Rows} rows is not what was written; it is kept "
            + "in the table 'damaged' of that file.";
    }

    private bool Delete(Database database, long lastId)
    {
        var (rows, bytes) = (0L, 0L);
        InTransaction(database, () =>
        {
            (rows, bytes) = SpoolTable.SumUpTo(database, lastId);
            SpoolTable.DeleteUpTo(database, lastId);
        });
        _passedOn = Math.Max(_passedOn, lastId);
        _rows -= rows;
        _bytes -= bytes;
        _oldest = SpoolTable.OldestAfter(database, _passedOn);
        if (_rows == 0 && new FileInfo(_path).Length > ShrinkBytes)
        {
            // Nothing is left to copy, so that this only cuts the file, once its log is copied back.
            database.Execute("VACUUM");
            database.TryTruncateWal(_options.BusyTimeout);
        }

        return true;
    }

    private void Sum()
    {
        (_rows, _bytes) = SpoolTable.SumUpTo(_database, long.MaxValue);
        _oldest = SpoolTable.OldestAfter(_database, 0);
    }

    /// <summary>Runs work in turn, and once more when the file was damaged and has been replaced.</summary>
    private async Task<T> RunAsync<T>(Func<Database, T> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            try
            {
                return work(_database);
            }
            catch (StoreUnavailableException e) when (SpoolFile.IsDamage(e))
            {
                Replace();
                return work(_database);
            }
        }
        finally
        {
            Tell();
            _gate.Release();
        }
    }

    // Those who only look must not wait for the disk.
    private void Tell() => _statistics = new SpoolStatistics(_rows, _bytes, _maxBytes, _oldest, _damagedRows, _damage);

    private void Replace()
    {
        var before = _rows;
        _database.Dispose();
        (_database, _damage) = SpoolFile.Replace(_path, _options);

        // The new file may give numbers again; what was passed on and was still there comes again, harmlessly.
        _passedOn = 0;
        Sum();
        _damagedRows += Math.Max(0, before - _rows);
    }
}
