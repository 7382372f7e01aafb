using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Scaling.Learning;

/// <summary>How long proposals to give SGMs to a group waited until an operator approved them.</summary>
/// <param name="Group">The group.</param>
/// <param name="Time">How long it took.</param>
public sealed record LearnedApproval(SecurityGroupId Group, LearnedTime Time);
