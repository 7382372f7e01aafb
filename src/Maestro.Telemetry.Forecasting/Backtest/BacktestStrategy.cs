namespace Maestro.Telemetry.Forecasting.Backtest;

/// <summary>What a model is told between the origins of a backtest.</summary>
public enum BacktestStrategy
{
    /// <summary>It is fitted anew at each origin.</summary>
    Refit = 1,

    /// <summary>It is fitted at the first origin, or once in so many origins, and observes each value in between.</summary>
    Update = 2,

    /// <summary>It is fitted at the first origin and told nothing more: how a model ages.</summary>
    NoUpdate = 3,
}
