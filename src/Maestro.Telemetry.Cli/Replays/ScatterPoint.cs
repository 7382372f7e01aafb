namespace Maestro.Telemetry.Cli.Replays;

/// <summary>A point of a picture.</summary>
/// <param name="Name">What it is, among those it belongs to.</param>
internal readonly record struct ScatterPoint(string Name, double X, double Y);
