namespace Maestro.Telemetry.Server.Receivers.Skyline;

/// <summary>How the series of one metric become one value.</summary>
public enum Combination
{
    Sum,

    Mean,

    Maximum,
}
