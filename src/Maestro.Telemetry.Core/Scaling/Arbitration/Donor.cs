using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Scaling.Arbitration;

/// <summary>A group that can give an SGM.</summary>
/// <param name="Group">The group.</param>
/// <param name="Gateway">The SGM.</param>
/// <param name="Preempts">True when the group does not have it to spare, but another of higher priority may take it.</param>
/// <param name="Why">Why it may be taken, in words; null when it can be spared.</param>
internal sealed record Donor(GroupState Group, Gateway Gateway, bool Preempts, string? Why = null);
