namespace Maestro.Telemetry.Cli.Replays;

/// <summary>Points that belong together.</summary>
/// <param name="Style">Class of its elements.</param>
/// <param name="Points">At least one.</param>
internal sealed record ScatterLine(string Name, string Style, IReadOnlyList<ScatterPoint> Points);
