using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Scaling;

/// <summary>Which pauses are meant.</summary>
/// <param name="Group">The group; null for pauses that are not for one.</param>
/// <param name="Site">The site; null for pauses that are not for one.</param>
/// <param name="Direction">What they stop; <see cref="PauseDirection.Both"/> means all, whatever they stop.</param>
public sealed record PauseScope(
    SecurityGroupId? Group = null, SiteId? Site = null, PauseDirection Direction = PauseDirection.Both);
