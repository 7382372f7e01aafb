using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.IntegrationTests.Storage;

public sealed class SqliteLedgerTests : LedgerContract
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly string _directory = Directory.CreateTempSubdirectory("maestro-storage-").FullName;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Audit_HasWhoDidWhatAndWhy()
    {
        using var directory = new TemporaryDirectory();
        var options = new SqliteStoreOptions { Directory = directory.Path };
        await using (var ledger = SqliteLedger.Open(options))
        {
            await ledger.RecordPlanAsync(new ScalingPlan(At, [], [Removal()], PlannerMemory.Empty), default);
            await ledger.TransitionAsync(
                "c1", CommandState.Proposed, CommandState.Rejected, new(At, CommandState.Rejected, "anna", "not today"), default);
            await ledger.TransitionAsync(
                "c1", CommandState.Proposed, CommandState.Approved, new(At, CommandState.Approved, "bert", "too late"), default);
            await ledger.PauseAsync(new PauseRecord(new SecurityGroupId(1), "anna", "upgrade", At, null), default);
            await ledger.ResumeAsync(new PauseScope(new SecurityGroupId(1)), "bert", At, default);
            await ledger.ResumeAsync(new PauseScope(new SecurityGroupId(1)), "bert", At, default);
        }

        Assert.Equal(["reject/anna/not today", "pause/anna/upgrade", "resume/bert/"], ReadAudit(directory, options));
    }

    [Fact]
    public async Task Audit_CommandTriedAgain_IsNoApproval()
    {
        using var directory = new TemporaryDirectory();
        var options = new SqliteStoreOptions { Directory = directory.Path };
        await using (var ledger = SqliteLedger.Open(options))
        {
            await ledger.RecordPlanAsync(new ScalingPlan(At, [], [Removal()], PlannerMemory.Empty), default);
            await StepAsync(ledger, CommandState.Proposed, CommandState.Approved, "anna", "go");
            await StepAsync(ledger, CommandState.Approved, CommandState.Applying, "maestro", "sent");
            await StepAsync(ledger, CommandState.Applying, CommandState.Approved, "maestro", "not sent");
            await StepAsync(ledger, CommandState.Approved, CommandState.Approved, "maestro", "waits");
        }

        Assert.Equal(["approve/anna/go"], ReadAudit(directory, options));
    }

    protected override ILedger Open() => SqliteLedger.Open(new SqliteStoreOptions { Directory = _directory });

    private static ScalingCommand Removal() => new()
    {
        Id = "c1",
        Kind = CommandKind.Remove,
        Serial = new GatewaySerial("SN1"),
        Site = new SiteId(1),
        From = new SecurityGroupId(1),
        DecisionId = "d1",
        Reason = "surplus",
        Mode = ScalingMode.Recommend,
        CreatedAt = At,
        ExpiresAt = At,
    };

    private static async Task StepAsync(
        SqliteLedger ledger, CommandState expected, CommandState next, string actor, string note) =>
        Assert.True(await ledger.TransitionAsync("c1", expected, next, new(At, next, actor, note), default));

    private static List<string> ReadAudit(TemporaryDirectory directory, SqliteStoreOptions options)
    {
        using var database = Database.OpenReader(directory.File("ledger.db"), options);
        using var audit = database.Prepare("SELECT action || '/' || actor || '/' || reason FROM audit ORDER BY id");
        var rows = new List<string>();
        while (audit.Step())
        {
            rows.Add(audit.GetString(0));
        }

        return rows;
    }
}
