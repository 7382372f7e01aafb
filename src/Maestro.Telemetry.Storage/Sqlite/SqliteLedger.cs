using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>
/// The ledger in one SQLite file. Small and seldom used: one connection serves readers and writers in turn. Approvals,
/// rejections, pauses and resumes are also kept in the audit table, which is only ever added to.
/// </summary>
public sealed class SqliteLedger : ILedger
{
    private readonly OneAtATime _database;

    private SqliteLedger(Database database) => _database = new(database);

    /// <summary>Opens the ledger, and makes or migrates its file.</summary>
    /// <exception cref="StoreUnavailableException">
    /// The directory or the file cannot be used, or a newer release wrote it.
    /// </exception>
    public static SqliteLedger Open(SqliteStoreOptions options)
    {
        options.ThrowIfInvalid();
        var directory = DataDirectory.Ensure(options.Directory);
        var database = Database.OpenWriter(Path.Combine(directory, DataDirectory.LedgerFile), options);
        try
        {
            database.Execute("PRAGMA foreign_keys = ON");
            SchemaMigrator.Migrate(database, LedgerSchema.Steps);
            return new SqliteLedger(database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public Task RecordPlanAsync(ScalingPlan plan, CancellationToken cancellationToken) => _database.RunAsync(
        database =>
        {
            foreach (var record in plan.Decisions)
            {
                DecisionTable.Insert(database, record);
            }

            foreach (var command in plan.Commands)
            {
                CommandTable.Insert(database, command);
            }

            DecisionTable.Remember(database, plan.Time, plan.Memory);
            return true;
        },
        cancellationToken);

    public Task<PlannerMemory> GetMemoryAsync(CancellationToken cancellationToken) =>
        _database.RunAsync(DecisionTable.Recall, cancellationToken);

    public Task<IReadOnlyList<DecisionRecord>> ListDecisionsAsync(
        SecurityGroupId? group, DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        _database.RunAsync<IReadOnlyList<DecisionRecord>>(
            database => DecisionTable.List(database, group, before, limit), cancellationToken);

    public Task<bool> TransitionAsync(
        string commandId,
        CommandState expected,
        CommandState next,
        CommandStep step,
        CancellationToken cancellationToken) =>
        _database.RunAsync(
            database =>
            {
                if (!CommandTable.Transition(database, commandId, expected, next, step))
                {
                    return false;
                }

                // A command also becomes Approved again when it could not be sent; nobody approved anything then.
                if (expected is CommandState.Proposed && next is (CommandState.Approved or CommandState.Rejected))
                {
                    var action = next == CommandState.Approved ? "approve" : "reject";
                    PauseTable.Audit(database, step.Time, action, step.Actor, null, commandId, step.Note);
                }

                return true;
            },
            cancellationToken);

    public Task<ScalingCommand?> GetCommandAsync(string commandId, CancellationToken cancellationToken) =>
        _database.RunAsync(database => CommandTable.Find(database, commandId), cancellationToken);

    public Task<IReadOnlyList<ScalingCommand>> ListOpenCommandsAsync(CancellationToken cancellationToken) =>
        _database.RunAsync<IReadOnlyList<ScalingCommand>>(CommandTable.ListOpen, cancellationToken);

    public Task<IReadOnlyList<ScalingCommand>> ListCommandsAsync(
        DateTimeOffset since, int limit, CancellationToken cancellationToken) =>
        _database.RunAsync<IReadOnlyList<ScalingCommand>>(
            database => CommandTable.ListSince(database, since, limit), cancellationToken);

    public Task PauseAsync(PauseRecord pause, CancellationToken cancellationToken) => _database.RunAsync(
        database =>
        {
            PauseTable.Upsert(database, pause);
            PauseTable.Audit(
                database, pause.Since, "pause", pause.Actor, pause.Group, null, PauseTable.Described(pause));
            return true;
        },
        cancellationToken);

    public Task<bool> ResumeAsync(
        PauseScope scope, string actor, DateTimeOffset at, CancellationToken cancellationToken) => _database.RunAsync(
        database =>
        {
            if (!PauseTable.Delete(database, scope, at))
            {
                return false;
            }

            PauseTable.Audit(database, at, "resume", actor, scope.Group, null, string.Empty);
            return true;
        },
        cancellationToken);

    public Task<IReadOnlyList<PauseRecord>> ListPausesAsync(DateTimeOffset at, CancellationToken cancellationToken) =>
        _database.RunAsync<IReadOnlyList<PauseRecord>>(database => PauseTable.List(database, at), cancellationToken);

    public Task<long> DeleteDecisionsAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        _database.RunAsync<long>(database => DecisionTable.Delete(database, before), cancellationToken);

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
