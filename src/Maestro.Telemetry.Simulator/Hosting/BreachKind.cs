namespace Maestro.Telemetry.Simulator.Hosting;

/// <summary>A rule of the fabric that its deployed topology can break.</summary>
public enum BreachKind
{
    /// <summary>An SGM is a member of two Security Groups.</summary>
    DoubleMembership,

    /// <summary>A group has more members on one site than allowed.</summary>
    SiteCap,

    /// <summary>A group has more members than allowed.</summary>
    GroupCap,

    /// <summary>A group has fewer members than its minimum.</summary>
    BelowMinimum,
}
