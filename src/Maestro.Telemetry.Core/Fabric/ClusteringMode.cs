namespace Maestro.Telemetry.Fabric;

/// <summary>How a Security Group shares its work over sites; a property of the group, not of the fabric.</summary>
public enum ClusteringMode
{
    /// <summary>One site serves; the other stands by.</summary>
    ActiveStandby,

    /// <summary>The same, for a VSX group.</summary>
    VsxActiveStandby,

    /// <summary>Virtual systems are shared out over the sites.</summary>
    Vsls,

    /// <summary>All sites serve; from R82.</summary>
    ActiveActive,
}
