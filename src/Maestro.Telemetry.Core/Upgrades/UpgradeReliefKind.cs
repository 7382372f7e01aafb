namespace Maestro.Telemetry.Upgrades;

/// <summary>What would make a plan where there is none.</summary>
public enum UpgradeReliefKind
{
    /// <summary>Fewer SGMs at a time.</summary>
    SmallerBatch,

    /// <summary>More SGMs in the group first.</summary>
    MoreMembers,

    /// <summary>More time than was given.</summary>
    MoreTime,

    /// <summary>No spare SGMs while a batch is out.</summary>
    FewerFailures,

    /// <summary>The loss of a site is not survived while a batch is out.</summary>
    NoSiteLoss,

    /// <summary>A second Orchestrator on the site.</summary>
    SecondOrchestrator,
}
