namespace Maestro.Telemetry.Server.Forecasting;

/// <summary>What became of a fit.</summary>
internal enum FittingOutcome
{
    /// <summary>The first model of the chain was fitted.</summary>
    Fitted = 1,

    /// <summary>A simpler model was fitted.</summary>
    FellBack = 2,

    /// <summary>No model took the series.</summary>
    NoModel = 3,

    /// <summary>It took too long and was given up.</summary>
    TimedOut = 4,
}
