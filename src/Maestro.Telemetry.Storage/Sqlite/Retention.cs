using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>Deletes one slice of what is too old. Each call is for one short transaction.</summary>
internal static class Retention
{
    private const string SamplesSql =
        "DELETE FROM sample WHERE id IN (SELECT id FROM sample WHERE id < ? ORDER BY id LIMIT ?)";

    private const string RollupsSql =
        "DELETE FROM rollup WHERE id IN (SELECT id FROM rollup WHERE id < ? ORDER BY id LIMIT ?)";

    private const string ForecastsSql =
        "DELETE FROM forecast WHERE id IN "
        + "(SELECT id FROM forecast WHERE issued_ticks < ? ORDER BY issued_ticks LIMIT ?)";

    public static int DeleteSamples(Database database, DateTimeOffset before, int limit) =>
        Delete(database, SamplesSql, SampleKey.Floor(before), limit, "UPDATE tally SET samples = samples - ?");

    /// <summary>A minute is too old when it ended before the time.</summary>
    public static int DeleteRollups(Database database, DateTimeOffset before, int limit)
    {
        var firstKept = RollupKey.MinuteAtOrAfter(before - TimeSpan.FromMinutes(1) + TimeSpan.FromTicks(1));
        return Delete(
            database, RollupsSql, firstKept << RollupKey.SuffixBits, limit, "UPDATE tally SET rollups = rollups - ?");
    }

    public static int DeleteForecasts(Database database, DateTimeOffset before, int limit) => Delete(
        database, ForecastsSql, ForecastTable.Ticks(before), limit, "UPDATE tally SET forecasts = forecasts - ?");

    public static StoreStatistics Statistics(Database database)
    {
        var tally = database.Cached("SELECT samples, rollups, forecasts FROM tally");
        tally.Step();
        var statistics = new StoreStatistics(tally.GetInt64(0), tally.GetInt64(1), tally.GetInt64(2), 0);
        tally.Reset();
        return statistics;
    }

    private static int Delete(Database database, string sql, long bound, int limit, string tallySql)
    {
        var delete = database.Cached(sql);
        delete.Bind(1, bound);
        delete.Bind(2, limit);
        delete.Run();
        var deleted = database.Changes;
        var tally = database.Cached(tallySql);
        tally.Bind(1, deleted);
        tally.Run();
        return deleted;
    }
}
