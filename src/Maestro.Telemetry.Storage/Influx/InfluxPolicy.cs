namespace Maestro.Telemetry.Storage.Influx;

/// <summary>A retention policy of 1.x: how long a database keeps what is written to it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Keep">How long; zero for ever.</param>
/// <param name="IsDefault">Whether it takes what is written without a policy.</param>
public sealed record InfluxPolicy(string Name, TimeSpan Keep, bool IsDefault);
