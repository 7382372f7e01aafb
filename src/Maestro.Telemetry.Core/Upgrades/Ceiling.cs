namespace Maestro.Telemetry.Upgrades;

/// <summary>The demand that may be used while SGMs are out.</summary>
/// <param name="Units">In reference SGMs; below zero when nothing would be left.</param>
/// <param name="Serving">SGMs that still serve.</param>
/// <param name="Because">The rule and how the number follows, without a full stop.</param>
internal sealed record Ceiling(double Units, int Serving, string Because);
