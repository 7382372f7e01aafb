using Maestro.Telemetry.Forecasting.Backtest;

namespace Maestro.Telemetry.Cli.Backtests;

/// <summary>A series and how models would have done on it.</summary>
/// <param name="Name">Its column.</param>
/// <param name="Start">Time of its first value.</param>
internal sealed record SeriesBacktest(
    string Name, DateTimeOffset Start, TimeSpan Step, double[] Values, BacktestResult Result)
{
    public DateTimeOffset TimeOf(int index) => Start + (index * Step);
}
