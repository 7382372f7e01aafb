using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.IntegrationTests.Storage;

public sealed class SqliteLedgerTests : LedgerContract
{
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
        var at = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
        await using (var ledger = SqliteLedger.Open(options))
        {
            var command = new ScalingCommand
            {
                Id = "c1",
                Kind = CommandKind.Remove,
                Serial = new GatewaySerial("SN1"),
                Site = new SiteId(1),
                From = new SecurityGroupId(1),
                DecisionId = "d1",
                Reason = "surplus",
                Mode = ScalingMode.Recommend,
                CreatedAt = at,
                ExpiresAt = at,
            };
            await ledger.RecordPlanAsync(new ScalingPlan(at, [], [command], PlannerMemory.Empty), default);
            await ledger.TransitionAsync(
                "c1", CommandState.Proposed, CommandState.Rejected, new(at, CommandState.Rejected, "anna", "not today"), default);
            await ledger.TransitionAsync(
                "c1", CommandState.Proposed, CommandState.Approved, new(at, CommandState.Approved, "bert", "too late"), default);
            await ledger.PauseAsync(new PauseRecord(new SecurityGroupId(1), "anna", "upgrade", at, null), default);
            await ledger.ResumeAsync(new SecurityGroupId(1), "bert", at, default);
            await ledger.ResumeAsync(new SecurityGroupId(1), "bert", at, default);
        }

        using var database = Database.OpenReader(directory.File("ledger.db"), options);
        var audit = database.Prepare("SELECT action || '/' || actor || '/' || reason FROM audit ORDER BY id");
        using (audit)
        {
            var rows = new List<string>();
            while (audit.Step())
            {
                rows.Add(audit.GetString(0));
            }

            Assert.Equal(["reject/anna/not today", "pause/anna/upgrade", "resume/bert/"], rows);
        }
    }

    protected override ILedger Open() => SqliteLedger.Open(new SqliteStoreOptions { Directory = _directory });
}
