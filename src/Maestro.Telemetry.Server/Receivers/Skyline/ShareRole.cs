namespace Maestro.Telemetry.Server.Receivers.Skyline;

/// <summary>Whether a series is a value by itself, or a side of a share in percent.</summary>
public enum ShareRole
{
    /// <summary>Neither: the value itself.</summary>
    Value,

    /// <summary>What is used; divided by the whole.</summary>
    Part,

    /// <summary>What there is.</summary>
    Whole,
}
