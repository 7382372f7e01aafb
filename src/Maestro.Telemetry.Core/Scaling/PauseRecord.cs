using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Scaling;

/// <summary>An operator's stop for new commands.</summary>
/// <param name="Group">The group it is for; null for everything.</param>
/// <param name="Until">When it ends by itself; null when it does not.</param>
public sealed record PauseRecord(
    SecurityGroupId? Group, string Actor, string Reason, DateTimeOffset Since, DateTimeOffset? Until);
