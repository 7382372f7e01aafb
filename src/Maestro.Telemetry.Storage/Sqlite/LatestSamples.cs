using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>Finds the newest sample of each SGM by the time kept beside its serial.</summary>
internal static class LatestSamples
{
    private static readonly string Sql =
        $"SELECT g.serial, g.newest_ms, s.grp, {string.Join(", ", MetricColumns.Names.Select(n => "s." + n))} "
        + $"FROM gateway g JOIN sample s ON s.id = ((g.newest_ms << {SampleKey.GatewayBits}) | g.id) "
        + "WHERE g.newest_ms >= ? ORDER BY g.serial";

    public static List<LatestSample> Read(Database database, DateTimeOffset since)
    {
        var rows = database.Cached(Sql);
        rows.Bind(1, SampleKey.Time(SampleKey.Floor(since)));
        var samples = new List<LatestSample>();
        while (rows.Step())
        {
            var group = rows.GetInt32(2);
            samples.Add(new LatestSample(
                new GatewaySerial(rows.GetString(0)),
                group == 0 ? null : new SecurityGroupId(group),
                DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(1)),
                SampleReader.ReadMetrics(rows, 3)));
        }

        return samples;
    }
}
