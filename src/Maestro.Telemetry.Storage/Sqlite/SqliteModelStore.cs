using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>
/// Fitted models in a SQLite file of their own, which may be deleted: they are then fitted anew. One connection serves
/// all in turn.
/// </summary>
public sealed class SqliteModelStore : IModelStore
{
    private readonly Database _database;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private bool _disposed;

    private SqliteModelStore(Database database) => _database = database;

    /// <summary>Opens the store, and makes or migrates its file.</summary>
    /// <exception cref="StoreUnavailableException">
    /// The directory or the file cannot be used, or a newer release wrote it.
    /// </exception>
    public static SqliteModelStore Open(SqliteStoreOptions options)
    {
        options.ThrowIfInvalid();
        var directory = DataDirectory.Ensure(options.Directory);
        var database = Database.OpenWriter(Path.Combine(directory, DataDirectory.ModelFile), options);
        try
        {
            SchemaMigrator.Migrate(database, ModelSchema.Steps);
            return new SqliteModelStore(database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public Task SaveAsync(SavedModel model, CancellationToken cancellationToken) => RunAsync(
        database =>
        {
            ModelTable.Upsert(database, model);
            return true;
        },
        cancellationToken);

    public Task<SavedModel?> LoadAsync(
        SecurityGroupId group, Resource resource, CancellationToken cancellationToken) =>
        RunAsync(database => ModelTable.Find(database, group, resource), cancellationToken);

    public Task<bool> DeleteAsync(SecurityGroupId group, Resource resource, CancellationToken cancellationToken) =>
        RunAsync(database => ModelTable.Delete(database, group, resource), cancellationToken);

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

    private async Task<T> RunAsync<T>(Func<Database, T> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _database.Begin();
            var result = work(_database);
            _database.Commit();
            return result;
        }
        finally
        {
            if (!_disposed)
            {
                // After a commit there is nothing to undo.
                _database.Abandon();
            }

            _gate.Release();
        }
    }
}
