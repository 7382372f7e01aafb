using System.Collections.Immutable;

namespace Maestro.Telemetry.Scaling.Arbitration;

/// <summary>SGMs of a site that are the same to all who want one.</summary>
/// <param name="Weight">Reference SGMs of each.</param>
/// <param name="Count">How many there are; at least 1.</param>
/// <param name="Fits">By bidder: whether it may have one.</param>
/// <param name="Rank">By bidder: which it takes first, the lowest.</param>
internal sealed record SgmKind(double Weight, int Count, ImmutableArray<bool> Fits, ImmutableArray<int> Rank);
