namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>
/// Copies the write-ahead log into the database on a thread and a connection of its own, so that no commit waits until
/// megabytes are copied. What is committed meanwhile, which is little, the writer copies when this is done: a log begins anew
/// only when all of it is copied, and beside commits that is never so.
/// </summary>
internal sealed class Checkpointer : IDisposable
{
    private readonly Database _database;
    private readonly long _pages;
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private volatile State _state;
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

    private enum State
    {
        Idle,
        Copying,
        Copied,
    }

    /// <summary>Looks after the log; called by the writer after a commit.</summary>
    /// <param name="writer">Its connection.</param>
    public void Committed(Database writer)
    {
        switch (_state)
        {
            case State.Idle when writer.PagesWrittenSince(_copiedUpTo) >= _pages:
                _copiedUpTo = writer.PagesWritten;
                _state = State.Copying;
                _wake.Set();
                break;
            case State.Copied:
                writer.TryCheckpoint();
                _state = State.Idle;
                break;
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
            _state = State.Copied;
        }
    }
}
