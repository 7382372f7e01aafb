using System.Collections.Concurrent;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Server.Configuration;

namespace Maestro.Telemetry.Server.Autoscaling;

/// <summary>
/// What of each plan is written down: the records that say something new or are due, and those that a command follows
/// from. After a start, one of each group.
/// </summary>
internal sealed class DecisionJournal(IOptions<AutoscalerOptions> options)
{
    private readonly ConcurrentDictionary<SecurityGroupId, DecisionRecord> _written = new();

    /// <summary>The plan with those of its records that are to be written.</summary>
    public ScalingPlan Due(ScalingPlan plan) => plan with
    {
        Decisions = [.. plan.Decisions.Where(d => IsDue(plan, d))],
    };

    /// <summary>Notes what the ledger has now.</summary>
    public void Wrote(ScalingPlan plan)
    {
        foreach (var record in plan.Decisions)
        {
            _written[record.Group] = record;
        }
    }

    private bool IsDue(ScalingPlan plan, DecisionRecord record) =>
        plan.Commands.Any(c => c.DecisionId == record.Id)
        || DecisionLog.IsDue(
            _written.GetValueOrDefault(record.Group), record, plan.Time, options.Value.DecisionHeartbeat);
}
