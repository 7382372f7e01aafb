using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Upgrades;

/// <summary>When an Orchestrator can be upgraded, and what the groups of its site lose meanwhile.</summary>
public sealed record OrchestratorPlan
{
    public required string Orchestrator { get; init; }

    public required SiteId Site { get; init; }

    /// <summary>True when another Orchestrator of the site goes on (S9): then no SGM loses its traffic.</summary>
    public required bool IsRedundant { get; init; }

    /// <summary>The end of the time that was searched.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>The earliest safe start; null when there is none.</summary>
    public required DateTimeOffset? Start { get; init; }

    /// <summary>It may also start at any time until then.</summary>
    public required DateTimeOffset? LatestStart { get; init; }

    /// <summary>The times that are safe for all groups.</summary>
    public required ImmutableArray<UpgradeWindow> Windows { get; init; }

    public required ImmutableArray<GroupImpact> Groups { get; init; }

    /// <summary>What must be put right first.</summary>
    public required ImmutableArray<UpgradeProblem> Problems { get; init; }

    /// <summary>What would make a plan; empty when there is one.</summary>
    public ImmutableArray<UpgradeRelief> Reliefs { get; init; } = [];

    /// <summary>What to see to before and meanwhile.</summary>
    public required ImmutableArray<string> Notes { get; init; }

    /// <summary>The plan, or why there is none, in a sentence.</summary>
    public required string Sentence { get; init; }

    public bool Found => Problems.IsEmpty && Start is not null;
}
