using System.Collections.Immutable;
using System.Globalization;
using Maestro.Telemetry.Scaling;

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
        LineRateChecks.Run,
    ];

    /// <summary>What is to be said about the fabric: errors first, then by rule and object. The same each time.</summary>
    /// <param name="fabric">The fabric with what is stated of it.</param>
    /// <param name="limits">The caps.</param>
    /// <param name="allowances">What is allowed by configuration.</param>
    /// <param name="telemetry">What is measured; it stops nothing, and may be left out where only that matters.</param>
    public static ImmutableArray<FabricFinding> Check(
        FabricSnapshot fabric,
        FabricLimits limits,
        FabricAllowances allowances,
        ImmutableArray<GroupTelemetry> telemetry = default)
    {
        ArgumentNullException.ThrowIfNull(fabric);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(allowances);
        var facts = new FabricFacts(fabric, limits, allowances, telemetry.IsDefault ? [] : telemetry);
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
