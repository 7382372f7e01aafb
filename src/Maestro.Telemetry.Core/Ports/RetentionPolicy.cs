namespace Maestro.Telemetry.Ports;

/// <summary>How long each resolution is kept; zero or less keeps it for ever.</summary>
public sealed record RetentionPolicy(TimeSpan Samples, TimeSpan Rollups, TimeSpan Forecasts);
