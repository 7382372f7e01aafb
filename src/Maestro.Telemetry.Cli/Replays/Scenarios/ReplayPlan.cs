namespace Maestro.Telemetry.Cli.Replays.Scenarios;

/// <summary>What a scenario file comes to.</summary>
/// <param name="Settings">The settings, with what the file says in place of what the command line said.</param>
/// <param name="Groups">The groups, in the order of the file.</param>
internal sealed record ReplayPlan(ReplaySettings Settings, IReadOnlyList<ReplayGroupPlan> Groups);
