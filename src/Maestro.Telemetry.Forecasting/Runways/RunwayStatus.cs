namespace Maestro.Telemetry.Forecasting.Runways;

/// <summary>What can be said of when demand reaches a limit.</summary>
public enum RunwayStatus
{
    /// <summary>There are too few whole weeks of history to say anything.</summary>
    TooShort,

    /// <summary>Growth cannot be told from chance.</summary>
    NoGrowth,

    /// <summary>It grows, and reaches the limit at a date.</summary>
    Growing,

    /// <summary>It grows, and does not reach the limit within the time that anything can be said of.</summary>
    Far,

    /// <summary>The limit is reached already.</summary>
    Reached,
}
