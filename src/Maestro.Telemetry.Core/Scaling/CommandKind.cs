namespace Maestro.Telemetry.Scaling;

/// <summary>What a command does with one SGM.</summary>
public enum CommandKind
{
    /// <summary>From the pool into a group.</summary>
    Add,

    /// <summary>From a group into the pool.</summary>
    Remove,

    /// <summary>From one group into another.</summary>
    Move,
}
