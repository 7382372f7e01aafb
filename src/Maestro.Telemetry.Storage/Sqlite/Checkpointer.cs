namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>
/// Copies the write-ahead log into the database on a thread and a connection of its own, so that no commit waits until
/// megabytes are copied. What it does not get done while commits come without a pause, the writer's own automatic
/// checkpoint does: from twice its size on.
/// </summary>
internal sealed class Checkpointer : IDisposable
{
    private readonly Database _database;
    private readonly long _pages;
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private volatile bool _stopping;
    private int _copiedUpTo;

    /// <param name="path">The database, which exists.</param>
    /// <param name="options">After how many bytes of log it is copied.</param>
    /// <exception cref="Ports.StoreUnavailableException">The file cannot be opened or is not a database.</exception>
    public Checkpointer(string path, SqliteStoreOptions options)
    {
        _database = Database.OpenReader(path, options);
        _pages = options.CheckpointPages;
        _thread = new Thread(Run) { IsBackground = true, Name = "maestro-checkpoint" };
        _thread.Start();
    }

    /// <summary>Tells it what was written; called by the writer after a commit.</summary>
    /// <param name="pagesWritten">Pages that the writer's connection has written since it was opened.</param>
    public void Committed(int pagesWritten)
    {
        if (unchecked(pagesWritten - _copiedUpTo) >= _pages)
        {
            _copiedUpTo = pagesWritten;
            _wake.Set();
        }
    }

    /// <summary>Waits until a copy that is under way is done.</summary>
    public void Dispose()
    {
        _stopping = true;
        _wake.Set();
        _thread.Join();
        _wake.Dispose();
        _database.Dispose();
    }

    private void Run()
    {
        while (_wake.WaitOne() && !_stopping)
        {
            _database.TryCheckpoint();
        }
    }
}
