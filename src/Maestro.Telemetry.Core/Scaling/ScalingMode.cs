namespace Maestro.Telemetry.Scaling;

/// <summary>How far a decision may go by itself. Checked in the executor and nowhere else.</summary>
public enum ScalingMode
{
    /// <summary>Decisions are recorded; nothing is proposed.</summary>
    Observe,

    /// <summary>Commands are proposed and wait for an approval.</summary>
    Recommend,

    /// <summary>Commands are applied.</summary>
    Enforce,
}
