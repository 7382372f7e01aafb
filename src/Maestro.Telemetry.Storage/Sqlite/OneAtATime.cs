namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>A database on one connection that serves all in turn, each in a transaction of its own.</summary>
internal sealed class OneAtATime(Database database) : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private bool _disposed;

    /// <summary>Runs work in a transaction: committed when it returns, undone when it throws.</summary>
    public async Task<T> RunAsync<T>(Func<Database, T> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            database.Begin();
            var result = work(database);
            database.Commit();
            return result;
        }
        finally
        {
            if (!_disposed)
            {
                // After a commit there is nothing to undo.
                database.Abandon();
            }

            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (!_disposed)
            {
                _disposed = true;
                database.Dispose();
            }
        }
        finally
        {
            _gate.Release();
        }
    }
}
