namespace Maestro.Telemetry.Scaling;

/// <summary>Units wanted at one time, in reference SGMs.</summary>
public readonly record struct WantedAt(DateTimeOffset Time, double Units);
