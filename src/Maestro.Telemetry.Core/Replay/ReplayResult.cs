using System.Collections.Immutable;

namespace Maestro.Telemetry.Replay;

/// <summary>What a replay came to.</summary>
/// <param name="Groups">In the order of the scenario.</param>
/// <param name="Together">How each contestant shared the site between the groups.</param>
/// <param name="SharedOracles">
/// The best ways to share the site, by the price of a change; none of a single group, of more than three, or of more
/// samples than can be solved.
/// </param>
public sealed record ReplayResult(
    ImmutableArray<GroupResult> Groups,
    ImmutableArray<SharedResult> Together,
    ImmutableArray<SharedOracleResult> SharedOracles);
