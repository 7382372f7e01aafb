using System.Collections.Immutable;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Scaling.Guards;
using Maestro.Telemetry.Series;
using static System.FormattableString;

namespace Maestro.Telemetry.Scaling;

/// <summary>
/// What a group needs: the largest of what the forecast, the loss of members, the demand now, the schedules and the
/// minimum ask for. Nobody scales in on a forecast alone, so the demand now always counts.
/// </summary>
internal static class DesiredCapacity
{
    public const string Predicted = "predicted";
    public const string Survive = "survive";
    public const string Reactive = "reactive";
    public const string Held = "held";
    public const string Scheduled = "scheduled";
    public const string Minimum = "minimum";

    /// <summary>CPU work, and the resources for which the capacity of a unit is known.</summary>
    public static IEnumerable<Resource> LimitingResources(PlannerInput input) =>
        input.UnitCapacity
            .Where(c => double.IsFinite(c.Value) && c.Value > 0)
            .Select(c => c.Key)
            .Append(Resource.CpuWork)
            .Distinct()
            .Order();

    /// <summary>What one reference SGM carries of a resource when it is full.</summary>
    public static double UnitCapacity(PlannerInput input, Resource resource) =>
        resource == Resource.CpuWork ? 1 : input.UnitCapacity[resource];

    public static GroupNeed Of(PlannerInput input, GroupState state, TimeSpan horizon)
    {
        var policy = state.Policy;
        var weights = state.Committed.Select(g => g.Model.Weight).ToList();
        var loss = GroupNeed.Heaviest(weights, policy.SurviveFailures);
        var terms = ImmutableArray.CreateBuilder<DecisionTerm>();
        double load = 0;
        double? survive = null;
        foreach (var resource in LimitingResources(input))
        {
            var capacity = UnitCapacity(input, resource);
            if (state.Forecasts.TryGetValue(resource, out var forecast))
            {
                var quantile = state.Verdict.IsBlind ? GuardRules.BlindQuantile : policy.Quantile;
                var predicted = PredictedTerm(forecast, policy, quantile, capacity, input.Now + horizon);
                var left = SurviveTerm(forecast, policy, capacity, input.Now + horizon, loss);
                terms.Add(predicted);
                terms.Add(left);
                load = Math.Max(load, predicted.Units);
                survive = Math.Max(survive ?? 0, left.Units - loss);
            }

            if (state.Verdict.Use == TelemetryUse.FloorsOnly)
            {
                continue;
            }

            if (TelemetryRules.Measured(state.Telemetry, resource) is { } now)
            {
                var reactive = ReactiveTerm(resource, policy, capacity, now);
                terms.Add(reactive);
                load = Math.Max(load, reactive.Units);
            }

            if (DipGuard.HeldDemand(state, resource) is { } held)
            {
                var term = HeldTerm(resource, policy, capacity, held);
                terms.Add(term);
                load = Math.Max(load, term.Units);
            }
        }

        var floor = AddFloors(input, policy, horizon, weights, terms);
        return new GroupNeed
        {
            LoadUnits = load,
            SurviveUnits = survive,
            Failures = policy.SurviveFailures,
            FloorMembers = floor,
            Terms = terms.ToImmutable(),
        };
    }

    /// <summary>The term that asks for most; the first of equals.</summary>
    public static DecisionTerm Binding(GroupNeed need) => need.Terms.MaxBy(t => t.Units)!;

    public static ReasonCode ReasonOf(DecisionTerm term) => term.Source switch
    {
        Predicted => ReasonCode.Predicted,
        Survive => ReasonCode.NPlusF,
        Reactive => ReasonCode.Reactive,
        Held => ReasonCode.DipGuard,
        Scheduled => ReasonCode.Scheduled,
        _ => ReasonCode.GroupMin,
    };

    private static DecisionTerm PredictedTerm(
        DemandForecast forecast, ScalingPolicy policy, double quantile, double capacity, DateTimeOffset until)
    {
        var step = ForecastQuantiles.StepBefore(forecast, until);
        var demand = ForecastQuantiles.PathMaximum(forecast, step, quantile);
        return new(
            Predicted,
            forecast.Resource,
            demand,
            demand / capacity / policy.TargetUtilization,
            Invariant($"{quantile * 100:0.##} % quantile of the maximum until {until.UtcDateTime:HH:mm} UTC, at ")
                + Invariant($"{policy.TargetUtilization * 100:F0} % of capacity"));
    }

    private static DecisionTerm SurviveTerm(
        DemandForecast forecast, ScalingPolicy policy, double capacity, DateTimeOffset until, double loss)
    {
        var step = ForecastQuantiles.StepBefore(forecast, until);
        var demand = ForecastQuantiles.PathMaximum(forecast, step, PlannerRules.SurviveQuantile);
        return new(
            Survive,
            forecast.Resource,
            demand,
            loss + (demand / capacity / policy.SurviveUtilization),
            Invariant($"90 % quantile of the maximum until {until.UtcDateTime:HH:mm} UTC, at ")
                + Invariant($"{policy.SurviveUtilization * 100:F0} % of capacity after losing {policy.SurviveFailures}"));
    }

    private static DecisionTerm ReactiveTerm(Resource resource, ScalingPolicy policy, double capacity, double now) =>
        new(
            Reactive,
            resource,
            now,
            now * PlannerRules.ReactiveHeadroom / capacity / policy.TargetUtilization,
            Invariant($"measured now, plus 5 %, at {policy.TargetUtilization * 100:F0} % of capacity"));

    private static DecisionTerm HeldTerm(Resource resource, ScalingPolicy policy, double capacity, double held) =>
        new(
            Held,
            resource,
            held,
            held / capacity / policy.TargetUtilization,
            Invariant($"forecast before the fall of demand, at {policy.TargetUtilization * 100:F0} % of capacity"));

    private static int AddFloors(
        PlannerInput input,
        ScalingPolicy policy,
        TimeSpan horizon,
        List<double> weights,
        ImmutableArray<DecisionTerm>.Builder terms)
    {
        // Floors are in members; the record shows them as so many average members.
        var average = weights.Count == 0 ? 1 : weights.Average();
        var floor = policy.Minimum;
        if (ScheduleRules.Highest(policy.Schedules, input.Now, input.Now + horizon) is { } schedule)
        {
            floor = Math.Max(floor, schedule.Minimum);
            terms.Add(new(
                Scheduled, null, 0, schedule.Minimum * average, $"{schedule.Minimum} SGMs by schedule {schedule.Name}"));
        }

        terms.Add(new(Minimum, null, 0, policy.Minimum * average, $"{policy.Minimum} SGMs by policy"));
        return floor;
    }
}
