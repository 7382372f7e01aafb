using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Backtest;

namespace Maestro.Telemetry.Cli.Backtests;

/// <summary>What `maestro backtest` was asked for.</summary>
internal sealed record BacktestSettings
{
    public required string Series { get; init; }

    /// <summary>Names; empty for all columns.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    public required IReadOnlyList<IForecastModel> Models { get; init; }

    /// <summary>The grid that the file must have; null for the one it has.</summary>
    public TimeSpan? Step { get; init; }

    public required TimeSpan Horizon { get; init; }

    public required int Origins { get; init; }

    /// <summary>From one origin to the next; null spreads them over the newer half.</summary>
    public TimeSpan? Stride { get; init; }

    /// <summary>The newest history that models learn from.</summary>
    public required TimeSpan Context { get; init; }

    public required IReadOnlyList<TimeSpan> Windows { get; init; }

    public required BacktestStrategy Strategy { get; init; }

    public int RefitEvery { get; init; }

    public bool Json { get; init; }

    /// <summary>File for the report with pictures; null for none.</summary>
    public string? Html { get; init; }
}
