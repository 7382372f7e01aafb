namespace Maestro.Telemetry.Scaling;

/// <summary>What a pause stops. The numbers are stored.</summary>
public enum PauseDirection
{
    /// <summary>Everything.</summary>
    Both = 0,

    /// <summary>Adding SGMs: adds, and moves into a group.</summary>
    Out = 1,

    /// <summary>Taking SGMs: removals, and moves out of a group.</summary>
    In = 2,
}
