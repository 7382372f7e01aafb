using System.Collections.Immutable;

namespace Maestro.Telemetry.Scaling.Arbitration;

/// <summary>An SGM that another group can give.</summary>
/// <param name="Priority">The class of the group that gives it.</param>
/// <param name="Weight">Reference SGMs.</param>
/// <param name="Shortage">Unit-hours that the giver is expected to miss more without it.</param>
/// <param name="Fits">By bidder: whether it may have it.</param>
internal sealed record Donation(int Priority, double Weight, double Shortage, ImmutableArray<bool> Fits);
