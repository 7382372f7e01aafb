using Google.Protobuf.WellKnownTypes;
using Maestro.Telemetry.Upgrades;
using Wire = Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Server.Control;

/// <summary>Plans for upgrades as messages of the control API.</summary>
internal static class UpgradeMapping
{
    public static Wire.UpgradePlan ToWire(UpgradePlan plan, DateTimeOffset now, TimeSpan batchTime)
    {
        var wire = new Wire.UpgradePlan
        {
            Found = plan.Found,
            Sentence = plan.Sentence,
            Group = plan.Group.Value,
            Now = now.ToTimestamp(),
            Until = plan.Until.ToTimestamp(),
            BatchTime = batchTime.ToDuration(),
        };
        wire.Batches.AddRange(plan.Batches.Select(ToWire));
        wire.Windows.AddRange(plan.Windows.Select(ToWire));
        wire.Problems.AddRange(plan.Problems.Select(ToWire));
        wire.Reliefs.AddRange(plan.Reliefs.Select(ToWire));
        wire.Notes.AddRange(plan.Notes);
        return wire;
    }

    public static Wire.UpgradePlan ToWire(OrchestratorPlan plan, DateTimeOffset now, TimeSpan batchTime)
    {
        var wire = new Wire.UpgradePlan
        {
            Found = plan.Found,
            Sentence = plan.Sentence,
            Orchestrator = plan.Orchestrator,
            Redundant = plan.IsRedundant,
            Now = now.ToTimestamp(),
            Until = plan.Until.ToTimestamp(),
            BatchTime = batchTime.ToDuration(),
            Start = plan.Start?.ToTimestamp(),
            LatestStart = plan.LatestStart?.ToTimestamp(),
        };
        wire.Windows.AddRange(plan.Windows.Select(ToWire));
        wire.Impacts.AddRange(plan.Groups.Select(ToWire));
        wire.Problems.AddRange(plan.Problems.Select(ToWire));
        wire.Reliefs.AddRange(plan.Reliefs.Select(ToWire));
        wire.Notes.AddRange(plan.Notes);
        return wire;
    }

    private static Wire.UpgradeBatch ToWire(UpgradeBatch batch)
    {
        var wire = new Wire.UpgradeBatch
        {
            Number = batch.Number,
            Site = batch.Site.Value,
            HasSmo = batch.HasSmo,
            UnitsOut = batch.UnitsOut,
            Ceiling = batch.Ceiling,
            Because = batch.Because,
            Start = batch.Start?.ToTimestamp(),
            LatestStart = batch.LatestStart?.ToTimestamp(),
        };
        wire.Serials.AddRange(batch.Serials.Select(s => s.Value));
        if (double.IsFinite(batch.Demand))
        {
            wire.Demand = batch.Demand;
        }

        return wire;
    }

    private static Wire.UpgradeImpact ToWire(GroupImpact impact)
    {
        var wire = new Wire.UpgradeImpact
        {
            Group = impact.Group.Value,
            Name = impact.Name,
            MembersOnSite = impact.MembersOnSite,
            UnitsLost = impact.UnitsLost,
            Ceiling = impact.Ceiling,
            Earliest = impact.Earliest?.ToTimestamp(),
            Sentence = impact.Sentence,
        };
        if (double.IsFinite(impact.Demand))
        {
            wire.Demand = impact.Demand;
        }

        return wire;
    }

    private static Wire.TimeWindow ToWire(UpgradeWindow window) =>
        new() { From = window.From.ToTimestamp(), To = window.To.ToTimestamp() };

    private static Wire.UpgradeProblem ToWire(UpgradeProblem problem) =>
        new() { Rule = problem.Rule, Sentence = problem.Sentence };

    private static Wire.UpgradeRelief ToWire(UpgradeRelief relief) => new()
    {
        Kind = relief.Kind.ToString(),
        Amount = relief.Amount,
        Start = relief.Start?.ToTimestamp(),
        End = relief.End?.ToTimestamp(),
        Sentence = relief.Sentence,
    };
}
