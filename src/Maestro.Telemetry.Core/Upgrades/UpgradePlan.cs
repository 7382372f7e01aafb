using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Upgrades;

/// <summary>In which batches, and when, the SGMs of a group can be upgraded.</summary>
public sealed record UpgradePlan
{
    public required SecurityGroupId Group { get; init; }

    /// <summary>SGMs at a time, as asked for; a batch may be smaller.</summary>
    public required int BatchSize { get; init; }

    /// <summary>The end of the time that was searched.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>In the order of time, the SMO in the last one. Those that have no safe time have no start.</summary>
    public required ImmutableArray<UpgradeBatch> Batches { get; init; }

    /// <summary>The times in which even the batch with the lowest ceiling may be out.</summary>
    public required ImmutableArray<UpgradeWindow> Windows { get; init; }

    /// <summary>What must be put right first.</summary>
    public required ImmutableArray<UpgradeProblem> Problems { get; init; }

    /// <summary>What would make a plan; empty when there is one.</summary>
    public ImmutableArray<UpgradeRelief> Reliefs { get; init; } = [];

    /// <summary>What to see to before and meanwhile.</summary>
    public required ImmutableArray<string> Notes { get; init; }

    /// <summary>The plan, or why there is none, in a sentence.</summary>
    public required string Sentence { get; init; }

    /// <summary>True when every batch has a time.</summary>
    public bool Found => Problems.IsEmpty && Batches.All(b => b.Start is not null);
}
