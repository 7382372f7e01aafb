namespace Maestro.Telemetry.Server.Receivers.Skyline;

/// <summary>How a value is read.</summary>
public enum ReadingKind
{
    /// <summary>As it is.</summary>
    Gauge,

    /// <summary>A total that grows; what is kept is its rate per second since the point before.</summary>
    Counter,

    /// <summary>A percentage of idle time; what is kept is 100 less it.</summary>
    Idle,

    /// <summary>Skyline's number of a cluster state, 1 to 35, five to a state.</summary>
    ClusterState,
}
