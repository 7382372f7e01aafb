using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>Rows of the model table.</summary>
internal static class ModelTable
{
    public static void Upsert(Database database, SavedModel model)
    {
        var upsert = database.Cached(
            "INSERT OR REPLACE INTO model (grp, resource, format, name, fitted, next, step_ticks, weights, state) "
            + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        upsert.Bind(1, model.Group.Value);
        upsert.Bind(2, (long)model.Resource);
        upsert.Bind(3, model.Format);
        upsert.Bind(4, model.Model);
        upsert.Bind(5, LedgerTime.Format(model.FittedAt));
        upsert.Bind(6, LedgerTime.Format(model.Next));
        upsert.Bind(7, model.Step.Ticks);
        upsert.Bind(8, model.Weights);
        upsert.Bind(9, model.State);
        upsert.Run();
    }

    public static SavedModel? Find(Database database, SecurityGroupId group, Resource resource)
    {
        var select = database.Cached(
            "SELECT format, name, fitted, next, step_ticks, weights, state FROM model WHERE grp = ? AND resource = ?");
        select.Bind(1, group.Value);
        select.Bind(2, (long)resource);
        var model = select.Step() ? Read(select, group, resource) : null;
        select.Reset();
        return model;
    }

    public static bool Delete(Database database, SecurityGroupId group, Resource resource)
    {
        var delete = database.Cached("DELETE FROM model WHERE grp = ? AND resource = ?");
        delete.Bind(1, group.Value);
        delete.Bind(2, (long)resource);
        delete.Run();
        return database.Changes > 0;
    }

    private static SavedModel Read(Statement row, SecurityGroupId group, Resource resource) => new()
    {
        Group = group,
        Resource = resource,
        Format = row.GetInt32(0),
        Model = row.GetString(1),
        FittedAt = LedgerTime.Parse(row.GetString(2)),
        Next = LedgerTime.Parse(row.GetString(3)),
        Step = TimeSpan.FromTicks(row.GetInt64(4)),
        Weights = row.GetString(5),
        State = row.GetString(6),
    };
}
