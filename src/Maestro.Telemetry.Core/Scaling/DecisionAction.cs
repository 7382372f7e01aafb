namespace Maestro.Telemetry.Scaling;

/// <summary>What was decided for a group in one cycle.</summary>
public enum DecisionAction
{
    /// <summary>The group stays as it is, for the reason given.</summary>
    Hold,

    Add,

    Remove,

    /// <summary>The group receives an SGM from another group.</summary>
    MoveIn,

    /// <summary>The group gives an SGM to another group.</summary>
    MoveOut,
}
