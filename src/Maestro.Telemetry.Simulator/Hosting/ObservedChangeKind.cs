namespace Maestro.Telemetry.Simulator.Hosting;

/// <summary>What was seen to happen to an SGM.</summary>
public enum ObservedChangeKind
{
    /// <summary>It was deployed into the group.</summary>
    Deployed,

    /// <summary>It became ACTIVE in the group and carries its share.</summary>
    Joined,

    /// <summary>It was taken out of the group.</summary>
    Removed,

    /// <summary>It was ACTIVE in the group and is no longer, although still a member.</summary>
    Failed,
}
