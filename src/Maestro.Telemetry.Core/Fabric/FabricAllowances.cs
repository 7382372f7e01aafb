using System.Collections.Immutable;

namespace Maestro.Telemetry.Fabric;

/// <summary>What somebody has allowed that the fabric cannot say of itself.</summary>
public sealed record FabricAllowances
{
    /// <summary>Sets of appliance models that are certified to work in one group (sk162373).</summary>
    /// <value>The default is none: then a group gets SGMs of its own model only.</value>
    public ImmutableArray<ImmutableArray<string>> CertifiedMixes { get; init; } = [];

    /// <summary>Sites on which changes are made without asking although they have one Orchestrator.</summary>
    public ImmutableArray<SiteId> EnforceWithOneOrchestrator { get; init; } = [];

    /// <summary>True for two of a kind, and for two that are in one certified set. Case does not matter.</summary>
    public bool MayMix(string model, string other) =>
        Same(model, other)
        || CertifiedMixes.Any(set => set.Any(m => Same(m, model)) && set.Any(m => Same(m, other)));

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
