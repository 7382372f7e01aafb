namespace Maestro.Telemetry.Server.Configuration;

/// <summary>What keeps the telemetry.</summary>
public enum StoreKind
{
    /// <summary>A file of our own.</summary>
    Sqlite = 0,

    /// <summary>A server of InfluxDB 1.x, 2.x or 3.x.</summary>
    InfluxDb = 1,
}
