using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>Rows of the forecast table.</summary>
internal static class ForecastTable
{
    private const string InsertSql =
        """
        INSERT INTO forecast (grp, resource, issued_ticks, model, start_ticks, step_ticks, levels, marginal,
            path_maximum, trusted, skill, coverage, reason)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    // Of two that were issued at the same time, the one that came last.
    private const string SelectSql =
        """
        SELECT issued_ticks, model, start_ticks, step_ticks, levels, marginal, path_maximum, trusted, skill, coverage,
            reason
        FROM forecast WHERE grp = ? AND resource = ? AND issued_ticks <= ?
        ORDER BY issued_ticks DESC, id DESC LIMIT 1
        """;

    private const string BetweenSql =
        """
        SELECT issued_ticks, model, start_ticks, step_ticks, levels, marginal, path_maximum, trusted, skill, coverage,
            reason, grp, resource
        FROM forecast WHERE issued_ticks >= ? AND issued_ticks < ?
        ORDER BY issued_ticks, id
        """;

    public static void Insert(Database database, DemandForecast forecast)
    {
        var insert = database.Cached(InsertSql);
        insert.Bind(1, forecast.Group.Value);
        insert.Bind(2, (long)forecast.Resource);
        insert.Bind(3, Ticks(forecast.IssuedAt));
        insert.Bind(4, forecast.Model);
        insert.Bind(5, Ticks(forecast.Start));
        insert.Bind(6, forecast.Step.Ticks);
        insert.Bind(7, DoublesCodec.Encode([.. forecast.Levels]));
        insert.Bind(8, DoublesCodec.Encode(forecast.Marginal.Span));
        insert.Bind(9, DoublesCodec.Encode(forecast.PathMaximum.Span));
        insert.Bind(10, forecast.Trust.Trusted ? 1 : 0);
        BindOrNull(insert, 11, forecast.Trust.SkillVersusNaive);
        BindOrNull(insert, 12, forecast.Trust.Coverage);
        insert.Bind(13, forecast.Trust.Reason);
        insert.Run();
        database.Cached("UPDATE tally SET forecasts = forecasts + 1").Run();
    }

    public static DemandForecast? Find(Database database, SecurityGroupId group, Resource resource, DateTimeOffset at)
    {
        var select = database.Cached(SelectSql);
        select.Bind(1, group.Value);
        select.Bind(2, (long)resource);
        select.Bind(3, Ticks(at));
        var forecast = select.Step() ? Read(select, group, resource) : null;
        select.Reset();
        return forecast;
    }

    /// <summary>Those that were issued in a time, in order of issue.</summary>
    public static List<DemandForecast> Between(Database database, HistorySelection selection)
    {
        var select = database.Cached(BetweenSql);
        select.Bind(1, Ticks(selection.From));
        select.Bind(2, Ticks(selection.To));
        var forecasts = new List<DemandForecast>();
        while (select.Step())
        {
            var group = new SecurityGroupId(select.GetInt32(11));
            if ((selection.Group ?? group) == group)
            {
                forecasts.Add(Read(select, group, (Resource)select.GetInt32(12)));
            }
        }

        select.Reset();
        return forecasts;
    }

    /// <summary>Ticks of 100 ns since 1970, so that a time is given back exactly.</summary>
    public static long Ticks(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks;

    private static DemandForecast Read(Statement row, SecurityGroupId group, Resource resource) => new()
    {
        Group = group,
        Resource = resource,
        IssuedAt = DateTimeOffset.UnixEpoch.AddTicks(row.GetInt64(0)),
        Model = row.GetString(1),
        Start = DateTimeOffset.UnixEpoch.AddTicks(row.GetInt64(2)),
        Step = TimeSpan.FromTicks(row.GetInt64(3)),
        Levels = DoublesCodec.Decode(row.GetBlob(4)),
        Marginal = DoublesCodec.Decode(row.GetBlob(5)),
        PathMaximum = DoublesCodec.Decode(row.GetBlob(6)),
        Trust = new ForecastTrust(
            row.GetInt32(7) != 0,
            row.IsNull(8) ? double.NaN : row.GetDouble(8),
            row.IsNull(9) ? double.NaN : row.GetDouble(9),
            row.GetString(10)),
    };

    private static void BindOrNull(Statement statement, int parameter, double value)
    {
        if (double.IsNaN(value))
        {
            statement.BindNull(parameter);
        }
        else
        {
            statement.Bind(parameter, value);
        }
    }
}
