using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Scaling;

/// <summary>An SGM that a group could have had and that another group got in the same cycle.</summary>
/// <param name="Serial">The SGM.</param>
/// <param name="Winner">The group that got it.</param>
/// <param name="WinnerPriority">Its priority; the lowest number is served first.</param>
/// <param name="Priority">The priority of the group that lost.</param>
/// <param name="Need">The winner's decision in a sentence, with what it needs.</param>
public sealed record LostSgm(GatewaySerial Serial, SecurityGroupId Winner, int WinnerPriority, int Priority, string Need);
