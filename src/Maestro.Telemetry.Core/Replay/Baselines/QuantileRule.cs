using Maestro.Telemetry.Forecasts;

namespace Maestro.Telemetry.Replay.Baselines;

/// <summary>
/// What the forecast is worth without any other rule: a quantile of the maximum over the lead window or the demand now,
/// whichever needs more. A unit is freed when fewer are enough over the hold and were wanted for a while.
/// </summary>
/// <param name="quantile">The quantile, in (0, 1).</param>
/// <param name="utilization">Share of a unit that may be used, in (0, 1].</param>
/// <param name="hold">How far ahead fewer units must be enough.</param>
/// <param name="stabilization">How long fewer units must have been enough.</param>
public sealed class QuantileRule(double quantile, double utilization, TimeSpan hold, TimeSpan stabilization) : IUnitPolicy
{
    private readonly Queue<(DateTimeOffset Time, int Units)> _wanted = [];

    public int Want(in UnitView view)
    {
        var now = RequiredUnits.Of(view.Latest, utilization);
        var needed = Math.Max(now, Predicted(view, view.LeadSteps));
        var kept = Math.Max(needed, Predicted(view, (int)Math.Ceiling(hold / view.Step)));
        _wanted.Enqueue((view.Now, kept));
        while (view.Now - _wanted.Peek().Time >= stabilization && _wanted.Count > 1)
        {
            _wanted.Dequeue();
        }

        return Math.Max(needed, Math.Min(view.Committed, _wanted.Max(w => w.Units)));
    }

    private int Predicted(in UnitView view, int steps) => view.Forecast is { Steps: > 0 } forecast
        ? RequiredUnits.Of(
            ForecastQuantiles.PathMaximum(forecast, Math.Min(steps, forecast.Steps) - 1, quantile), utilization)
        : 0;
}
