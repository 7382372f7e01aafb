using Maestro.Telemetry.Forecasts;

namespace Maestro.Telemetry.Scaling;

/// <summary>When the next add must start at the latest.</summary>
internal static class LatestStart
{
    /// <summary>
    /// The first interval in which the forecast demand needs more than is committed, less the lead time and a guard;
    /// in the past when it is too late to be in time. Null when there is no such interval.
    /// </summary>
    public static DateTimeOffset? Of(PlannerInput input, GroupState state)
    {
        if (state.Verdict.Use == TelemetryUse.FloorsOnly)
        {
            return null;
        }

        var policy = state.Policy;
        var weights = state.Committed.Select(g => g.Model.Weight).ToList();
        var units = weights.Sum() + PlannerRules.DeadBandOut;
        var loss = GroupNeed.Heaviest(weights, policy.SurviveFailures);
        DateTimeOffset? first = null;
        foreach (var (resource, forecast) in state.Forecasts)
        {
            var capacity = DesiredCapacity.UnitCapacity(input, resource);
            for (var step = 0; step < forecast.Steps; step++)
            {
                var time = forecast.Start + (forecast.Step * step);
                if (time >= first)
                {
                    break;
                }

                var needed = Math.Max(
                    ForecastQuantiles.Marginal(forecast, step, policy.Quantile) / policy.TargetUtilization,
                    (loss * capacity) + (ForecastQuantiles.Marginal(forecast, step, PlannerRules.SurviveQuantile)
                        / policy.SurviveUtilization));
                if (time + forecast.Step > input.Now && needed > units * capacity)
                {
                    first = time;
                    break;
                }
            }
        }

        return first - policy.LeadTime - PlannerRules.Guard;
    }
}
