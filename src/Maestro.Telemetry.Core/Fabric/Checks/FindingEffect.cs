namespace Maestro.Telemetry.Fabric.Checks;

/// <summary>What the planner does not do while a finding stands.</summary>
[Flags]
public enum FindingEffect
{
    None = 0,

    /// <summary>Nothing joins: the group, the site, or this SGM into any group.</summary>
    NoGrowth = 1,

    /// <summary>Nothing is taken away.</summary>
    NoRemoval = 2,

    NoChange = NoGrowth | NoRemoval,
}
