using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Server.Autoscaling;
using Maestro.Telemetry.Server.Configuration;
using Microsoft.Extensions.Options;

namespace Maestro.Telemetry.Tests.Service;

public sealed class DecisionJournalTests
{
    private readonly DecisionJournal _journal = new(Options.Create(new AutoscalerOptions()));

    [Fact]
    public void Day_WithOneChange_HasTheHeartbeatsAndTheChange()
    {
        var written = new List<DecisionRecord>();
        for (var minute = 0; minute < 24 * 60; minute++)
        {
            var plan = Plan(minute, minute < 607 ? ReasonCode.WithinDeadband : ReasonCode.Stabilisation);
            var due = _journal.Due(plan);
            _journal.Wrote(due);
            written.AddRange(due.Decisions);
        }

        Assert.Single(written, r => r.Id == "d607");
        Assert.InRange(written.Count, 96, 97);
    }

    [Fact]
    public void RecordThatACommandFollowsFrom_IsAlwaysWritten()
    {
        _journal.Wrote(Plan(0, ReasonCode.Predicted));
        var next = Plan(1, ReasonCode.Predicted);
        Assert.Empty(_journal.Due(next).Decisions);

        var acting = next with { Commands = [Given.Command() with { DecisionId = next.Decisions[0].Id }] };

        Assert.Equal(["d1"], _journal.Due(acting).Decisions.Select(d => d.Id));
    }

    [Fact]
    public void RecordThatWasNotWritten_IsStillDue()
    {
        Assert.Single(_journal.Due(Plan(0, ReasonCode.Predicted)).Decisions);
        Assert.Single(_journal.Due(Plan(1, ReasonCode.Predicted)).Decisions);
    }

    private static ScalingPlan Plan(int minute, ReasonCode reason) => new(
        Given.Noon.AddMinutes(minute),
        [
            new()
            {
                Id = $"d{minute}",
                Time = Given.Noon.AddMinutes(minute),
                Group = new(1),
                Action = DecisionAction.Hold,
                Reason = reason,
                Sentence = "Stays.",
                Members = 4,
                Desired = 4,
                CommittedUnits = 4,
                WantedUnits = 3,
                Binding = "minimum",
            },
        ],
        [],
        PlannerMemory.Empty);
}
