using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>Commands and their steps.</summary>
internal static class CommandTable
{
    private const string Columns =
        "id, kind, serial, site, from_grp, to_grp, decision_id, reason, mode, state, created, updated, expires";

    private const string InsertSql =
        $"INSERT INTO command ({Columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING";

    private const string InsertStepSql =
        """
        INSERT INTO command_step (command_id, number, time, state, actor, note)
        SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, ?4, ?5 FROM command_step WHERE command_id = ?1
        """;

    /// <summary>Adds a command; one with the same id stays as it is.</summary>
    public static void Insert(Database database, ScalingCommand command)
    {
        var insert = database.Cached(InsertSql);
        insert.Bind(1, command.Id);
        insert.Bind(2, command.Kind.ToString());
        insert.Bind(3, command.Serial.Value);
        insert.Bind(4, command.Site.Value);
        Bind(insert, 5, command.From);
        Bind(insert, 6, command.To);
        insert.Bind(7, command.DecisionId);
        insert.Bind(8, command.Reason);
        insert.Bind(9, command.Mode.ToString());
        insert.Bind(10, command.State.ToString());
        insert.Bind(11, LedgerTime.Format(command.CreatedAt));
        // A command that was never touched was last touched when it was made.
        insert.Bind(12, LedgerTime.Format(command.UpdatedAt == default ? command.CreatedAt : command.UpdatedAt));
        insert.Bind(13, LedgerTime.Format(command.ExpiresAt));
        insert.Run();
        if (database.Changes > 0 && !command.Steps.IsDefault)
        {
            foreach (var step in command.Steps)
            {
                InsertStep(database, command.Id, step);
            }
        }
    }

    /// <summary>False when the command is not in the expected state.</summary>
    public static bool Transition(
        Database database, string id, CommandState expected, CommandState next, CommandStep step)
    {
        var update = database.Cached("UPDATE command SET state = ?, updated = ? WHERE id = ? AND state = ?");
        update.Bind(1, next.ToString());
        update.Bind(2, LedgerTime.Format(step.Time));
        update.Bind(3, id);
        update.Bind(4, expected.ToString());
        update.Run();
        if (database.Changes == 0)
        {
            return false;
        }

        InsertStep(database, id, step);
        return true;
    }

    public static ScalingCommand? Find(Database database, string id)
    {
        var select = database.Cached($"SELECT {Columns} FROM command WHERE id = ?");
        select.Bind(1, id);
        return ReadAll(database, select) is [var command] ? command : null;
    }

    /// <summary>Oldest first.</summary>
    public static List<ScalingCommand> ListOpen(Database database) => ReadAll(
        database,
        database.Cached(
            $"SELECT {Columns} FROM command WHERE state IN ('{nameof(CommandState.Proposed)}', "
            + $"'{nameof(CommandState.Approved)}', '{nameof(CommandState.Applying)}', "
            + $"'{nameof(CommandState.Applied)}') ORDER BY created, id"));

    /// <summary>Newest first.</summary>
    public static List<ScalingCommand> ListSince(Database database, DateTimeOffset since, int limit)
    {
        var select = database.Cached(
            $"SELECT {Columns} FROM command WHERE created >= ? ORDER BY created DESC, id DESC LIMIT ?");
        select.Bind(1, LedgerTime.Format(since));
        select.Bind(2, limit);
        return ReadAll(database, select);
    }

    private static void InsertStep(Database database, string id, CommandStep step)
    {
        var insert = database.Cached(InsertStepSql);
        insert.Bind(1, id);
        insert.Bind(2, LedgerTime.Format(step.Time));
        insert.Bind(3, step.State.ToString());
        insert.Bind(4, step.Actor);
        insert.Bind(5, step.Note);
        insert.Run();
    }

    private static List<ScalingCommand> ReadAll(Database database, Statement select)
    {
        var commands = new List<ScalingCommand>();
        while (select.Step())
        {
            var id = select.GetString(0);
            commands.Add(new ScalingCommand
            {
                Id = id,
                Kind = Enum.Parse<CommandKind>(select.GetString(1)),
                Serial = new GatewaySerial(select.GetString(2)),
                Site = new SiteId(select.GetInt32(3)),
                From = Group(select, 4),
                To = Group(select, 5),
                DecisionId = select.GetString(6),
                Reason = select.GetString(7),
                Mode = Enum.Parse<ScalingMode>(select.GetString(8)),
                State = Enum.Parse<CommandState>(select.GetString(9)),
                CreatedAt = LedgerTime.Parse(select.GetString(10)),
                UpdatedAt = LedgerTime.Parse(select.GetString(11)),
                ExpiresAt = LedgerTime.Parse(select.GetString(12)),
                Steps = ReadSteps(database, id),
            });
        }

        return commands;
    }

    private static ImmutableArray<CommandStep> ReadSteps(Database database, string id)
    {
        var select = database.Cached(
            "SELECT time, state, actor, note FROM command_step WHERE command_id = ? ORDER BY number");
        select.Bind(1, id);
        var steps = ImmutableArray.CreateBuilder<CommandStep>();
        while (select.Step())
        {
            steps.Add(new CommandStep(
                LedgerTime.Parse(select.GetString(0)),
                Enum.Parse<CommandState>(select.GetString(1)),
                select.GetString(2),
                select.GetString(3)));
        }

        return steps.ToImmutable();
    }

    private static SecurityGroupId? Group(Statement row, int column) =>
        row.IsNull(column) ? null : new SecurityGroupId(row.GetInt32(column));

    private static void Bind(Statement statement, int parameter, SecurityGroupId? group)
    {
        if (group is { } value)
        {
            statement.Bind(parameter, value.Value);
        }
        else
        {
            statement.BindNull(parameter);
        }
    }
}
