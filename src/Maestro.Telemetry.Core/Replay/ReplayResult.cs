using System.Collections.Immutable;

namespace Maestro.Telemetry.Replay;

/// <summary>What a replay came to.</summary>
/// <param name="Groups">In the order of the scenario.</param>
/// <param name="Together">How each contestant shared the site between the groups.</param>
public sealed record ReplayResult(ImmutableArray<GroupResult> Groups, ImmutableArray<SharedResult> Together);
