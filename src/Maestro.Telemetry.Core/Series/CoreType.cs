namespace Maestro.Telemetry.Series;

/// <summary>What CoreXL uses a core for.</summary>
public enum CoreType
{
    Unspecified = 0,

    /// <summary>A Firewall instance.</summary>
    Fw = 1,

    /// <summary>A Secure Network Distributor.</summary>
    Snd = 2,

    Other = 3,
}
