using Microsoft.Data.Sqlite;

namespace Maestro.Telemetry.IntegrationTests.Replay;

/// <summary>
/// A CPView history with the tables that are read, as the SGM has them: a row for each core and minute, and one for each
/// minute; times in seconds of Unix time.
/// </summary>
internal sealed class CpviewDatabase : IDisposable
{
    private readonly SqliteConnection _connection;

    public CpviewDatabase(string file)
    {
        _connection = new($"Data Source={file};Pooling=False");
        _connection.Open();
        Execute("""
            CREATE TABLE cpview_ref_table (seq INTEGER PRIMARY KEY, val TEXT);
            CREATE TABLE UM_STAT_UM_CPU_UM_CPU_ORDERED_TABLE (Timestamp INTEGER, name_of_cpu INTEGER, cpu_type INTEGER,
                cpu_user INTEGER, cpu_system INTEGER, cpu_idle INTEGER, cpu_usage INTEGER);
            CREATE TABLE UM_STAT_UM_CPU_UM_CPU_TABLE (Timestamp INTEGER, name_of_cpu INTEGER, cpu_type INTEGER,
                cpu_user INTEGER, cpu_system INTEGER, cpu_idle INTEGER, cpu_usage INTEGER);
            CREATE TABLE fw_network_stats (Timestamp INTEGER, total_concurrent_conns INTEGER, total_conn_rate INTEGER);
            CREATE TABLE fw_counters (Timestamp INTEGER, concurrent_conns INTEGER, inbound_throughput INTEGER,
                outbound_throughput INTEGER);
            """);
    }

    /// <summary>Adds a minute.</summary>
    /// <param name="time">When.</param>
    /// <param name="cores">Busy percent of each core.</param>
    public void Add(DateTimeOffset time, params object[] cores)
    {
        using var insert = _connection.CreateCommand();
        insert.CommandText =
            "INSERT INTO UM_STAT_UM_CPU_UM_CPU_TABLE (Timestamp, name_of_cpu, cpu_usage) VALUES ($time, $core, $usage)";
        insert.Parameters.AddWithValue("$time", time.ToUnixTimeSeconds());
        insert.Parameters.AddWithValue("$core", 0);
        insert.Parameters.AddWithValue("$usage", 0);
        for (var core = 0; core < cores.Length; core++)
        {
            insert.Parameters["$core"].Value = core;
            insert.Parameters["$usage"].Value = cores[core];
            insert.ExecuteNonQuery();
        }
    }

    public void AddNetwork(DateTimeOffset time, long connections, long rate) => Execute(FormattableString.Invariant(
        $"INSERT INTO fw_network_stats VALUES ({time.ToUnixTimeSeconds()}, {connections}, {rate})"));

    public void AddCounters(DateTimeOffset time, long connections, long inbound) => Execute(FormattableString.Invariant(
        $"INSERT INTO fw_counters VALUES ({time.ToUnixTimeSeconds()}, {connections}, {inbound}, 0)"));

    public void Dispose() => _connection.Dispose();

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
