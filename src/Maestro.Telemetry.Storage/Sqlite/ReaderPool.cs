using System.Collections.Concurrent;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>
/// Connections for reading, kept for the next reader. A reader leases one for a short transaction and no longer: while
/// it reads, the write-ahead log cannot be cut.
/// </summary>
internal sealed class ReaderPool(string path, SqliteStoreOptions options) : IDisposable
{
    private const int Kept = 4;

    private readonly ConcurrentBag<Database> _idle = [];
    private int _idleCount;
    private volatile bool _disposed;

    public Lease Rent()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_idle.TryTake(out var database))
        {
            return new Lease(this, Database.OpenReader(path, options));
        }

        Interlocked.Decrement(ref _idleCount);
        return new Lease(this, database);
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out var database))
        {
            database.Dispose();
        }
    }

    private void Return(Database database)
    {
        database.Abandon();
        if (_disposed || Interlocked.Increment(ref _idleCount) > Kept)
        {
            Interlocked.Decrement(ref _idleCount);
            database.Dispose();
            return;
        }

        _idle.Add(database);
        if (_disposed)
        {
            Dispose();
        }
    }

    public readonly struct Lease(ReaderPool pool, Database database) : IDisposable
    {
        public Database Database => database;

        public void Dispose() => pool.Return(database);
    }
}
