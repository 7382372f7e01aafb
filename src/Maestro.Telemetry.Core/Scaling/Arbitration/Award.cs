using System.Collections.Immutable;

namespace Maestro.Telemetry.Scaling.Arbitration;

/// <summary>What a bidder gets.</summary>
/// <param name="Kinds">The kind of each free SGM, in the order in which they are taken.</param>
/// <param name="Donation">The donation that it gets beside them; null for none.</param>
internal sealed record Award(ImmutableArray<int> Kinds, int? Donation);
