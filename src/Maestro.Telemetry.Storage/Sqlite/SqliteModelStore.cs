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
    private readonly OneAtATime _database;

    private SqliteModelStore(Database database) => _database = new(database);

    /// <summary>True when there are models in a data directory.</summary>
    public static bool Exists(string directory) => File.Exists(Path.Combine(directory, DataDirectory.ModelFile));

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

    public Task SaveAsync(SavedModel model, CancellationToken cancellationToken) => _database.RunAsync(
        database =>
        {
            ModelTable.Upsert(database, model);
            return true;
        },
        cancellationToken);

    public Task<SavedModel?> LoadAsync(
        SecurityGroupId group, Resource resource, CancellationToken cancellationToken) =>
        _database.RunAsync(database => ModelTable.Find(database, group, resource), cancellationToken);

    public Task<bool> DeleteAsync(SecurityGroupId group, Resource resource, CancellationToken cancellationToken) =>
        _database.RunAsync(database => ModelTable.Delete(database, group, resource), cancellationToken);

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
