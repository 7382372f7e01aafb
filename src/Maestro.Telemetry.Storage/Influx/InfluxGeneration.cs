namespace Maestro.Telemetry.Storage.Influx;

/// <summary>The releases of InfluxDB that differ in what they can be asked to do.</summary>
public enum InfluxGeneration
{
    /// <summary>1.x: databases and retention policies are made by InfluxQL.</summary>
    One = 1,

    /// <summary>2.x: buckets, reached by name through a DBRP mapping.</summary>
    Two = 2,

    /// <summary>3.x: databases are made by the first write.</summary>
    Three = 3,
}
