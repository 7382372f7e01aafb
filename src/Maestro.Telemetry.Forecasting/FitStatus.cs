namespace Maestro.Telemetry.Forecasting;

/// <summary>How fitting one series went.</summary>
public enum FitStatus
{
    /// <summary>The first model of the chain took it.</summary>
    Fitted = 1,

    /// <summary>A later model took it.</summary>
    FellBack = 2,

    /// <summary>No model took it.</summary>
    NoModel = 3,
}
