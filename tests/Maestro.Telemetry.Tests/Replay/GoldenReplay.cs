using Maestro.Telemetry.Cli.Replays;

namespace Maestro.Telemetry.Tests.Replay;

/// <summary>The golden scenario, replayed once for all tests of a class.</summary>
public sealed class GoldenReplay
{
    internal ReplayOutcome Outcome { get; } = GoldenScenario.Run();
}
