using System.Collections.Immutable;

namespace Maestro.Telemetry.Fabric;

/// <summary>An Orchestrator and whether it answered at the last reading. Null means not known.</summary>
/// <param name="Id">Its id, for example 1_1.</param>
/// <param name="Site">The site it stands on.</param>
/// <param name="Reachable">True when it answered.</param>
/// <param name="Problem">What went wrong, in a sentence; null when it answered.</param>
public sealed record OrchestratorStatus(string Id, SiteId Site, bool Reachable, string? Problem)
{
    /// <summary>For example MHO-175.</summary>
    public string? Model { get; init; }

    public Release? Release { get; init; }

    /// <summary>The Jumbo Hotfix take.</summary>
    public int? Take { get; init; }

    public ImmutableArray<SyncPort>? SyncPorts { get; init; }

    /// <summary>True when the Orchestrators of the site have more than one sync link.</summary>
    public bool? RedundantSync { get; init; }

    public UpgradeState? Upgrade { get; init; }
}
