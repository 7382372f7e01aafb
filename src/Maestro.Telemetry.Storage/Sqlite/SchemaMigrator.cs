using System.Globalization;
using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>Brings a database to the newest schema. The version is SQLite's user_version: the steps taken.</summary>
internal static class SchemaMigrator
{
    /// <summary>Takes the steps that the database has not seen, each in a transaction of its own.</summary>
    /// <exception cref="StoreUnavailableException">The database was written by a newer release.</exception>
    public static void Migrate(Database database, IReadOnlyList<string> steps)
    {
        var version = (int)(database.Scalar("PRAGMA user_version") ?? 0);
        if (version > steps.Count)
        {
            throw new StoreUnavailableException(
                $"The database '{database.Path}' has schema {version}, and this release knows schemas up to "
                + $"{steps.Count}. Use the release that wrote it or a newer one, or choose another data directory.");
        }

        for (; version < steps.Count; version++)
        {
            database.Begin();
            try
            {
                database.Execute(steps[version]);
                database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version + 1}"));
                database.Commit();
            }
            catch
            {
                database.Rollback();
                throw;
            }
        }
    }
}
