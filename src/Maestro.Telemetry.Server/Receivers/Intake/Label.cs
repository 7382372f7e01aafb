namespace Maestro.Telemetry.Server.Receivers.Intake;

/// <summary>A label of a series, its name as Prometheus writes it.</summary>
internal readonly record struct Label(string Name, string Value);
