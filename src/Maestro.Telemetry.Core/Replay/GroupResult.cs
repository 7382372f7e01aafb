using System.Collections.Immutable;

namespace Maestro.Telemetry.Replay;

/// <summary>What became of one group under each contestant.</summary>
/// <param name="Name">The group.</param>
/// <param name="Demand">Units needed at each sample; 0 where unknown.</param>
/// <param name="Policies">The contestants, then the oracles and the lower bound.</param>
public sealed record GroupResult(string Name, ImmutableArray<int> Demand, ImmutableArray<PolicyResult> Policies);
