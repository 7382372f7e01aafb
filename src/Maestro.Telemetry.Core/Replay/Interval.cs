namespace Maestro.Telemetry.Replay;

/// <summary>From the .025 to the .975 quantile.</summary>
public readonly record struct Interval(double Low, double High);
