using System.Collections.Immutable;
using System.Globalization;

namespace Maestro.Telemetry.Fabric.Checks;

/// <summary>
/// Holds a fabric against the rules of Maestro. A rule that lacks a fact says so as <see cref="FindingSeverity.Info"/>;
/// it never guesses.
/// </summary>
public static class FabricChecks
{
    private static readonly ImmutableArray<Func<FabricFacts, IEnumerable<FabricFinding>>> Rules =
    [
        ReleaseChecks.Run,
        CapChecks.Run,
        OrchestratorChecks.Run,
        SyncChecks.Run,
        ModelChecks.Run,
        UpgradeChecks.Run,
        ClusteringChecks.Run,
        LicenceChecks.Run,
        SmoChecks.Run,
    ];

    /// <summary>What is to be said about the fabric: errors first, then by rule and object. The same each time.</summary>
    public static ImmutableArray<FabricFinding> Check(
        FabricSnapshot fabric, FabricLimits limits, FabricAllowances allowances)
    {
        ArgumentNullException.ThrowIfNull(fabric);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(allowances);
        var facts = new FabricFacts(fabric, limits, allowances);
        return
        [
            .. Rules.SelectMany(rule => rule(facts))
                .OrderByDescending(f => f.Severity)
                .ThenBy(f => int.Parse(f.Rule.AsSpan(1), CultureInfo.InvariantCulture))
                .ThenBy(f => f.Object.Site?.Value ?? 0)
                .ThenBy(f => f.Object.Group?.Value ?? 0)
                .ThenBy(f => f.Object.ToString(), StringComparer.Ordinal),
        ];
    }
}
