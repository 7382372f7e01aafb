using System.Collections.Immutable;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Scaling.Guards;
using Maestro.Telemetry.Scaling.Outlooks;
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
    public const string Surged = "surge";
    public const string Held = "held";
    public const string Scheduled = "scheduled";
    public const string Minimum = "minimum";

    /// <summary>CPU work, and the resources for which the capacity of a unit is known.</summary>
    public static IEnumerable<Resource> LimitingResources(PlannerInput input) =>
        UnitCapacities.Limiting(input.UnitCapacity);

    /// <summary>What one reference SGM carries of a resource when it is full.</summary>
    public static double UnitCapacity(PlannerInput input, Resource resource) =>
        UnitCapacities.Of(input.UnitCapacity, resource);

    /// <summary>What is needed when an SGM that is ordered now serves.</summary>
    public static GroupNeed ToServe(PlannerInput input, GroupState state) =>
        Of(input, state, state.Path?.AtLead, (state.Outlook?.LeadStep ?? 0) + 1);

    /// <summary>What must be kept now: it may be less, when there is time to order it again.</summary>
    public static GroupNeed ToKeep(PlannerInput input, GroupState state) =>
        Of(input, state, state.Path?.Now, Math.Max(1, state.Outlook?.LeadStep ?? 0));

    /// <summary>Reference SGMs that carry what is measured now at the target utilization; 0 when nothing is.</summary>
    public static double MeasuredUnits(PlannerInput input, GroupState state) => LimitingResources(input)
        .Select(r => (TelemetryRules.Measured(state.Telemetry, r) ?? 0) / UnitCapacity(input, r))
        .Max() / state.Policy.TargetUtilization;

    /// <summary>Reference SGMs that are needed whatever the forecast says: for what is measured, and for what is held.</summary>
    public static double CertainUnits(GroupNeed need) => need.Terms
        .Where(t => t.Source is Reactive or Surged or Held)
        .Select(t => t.Units)
        .DefaultIfEmpty(0)
        .Max();

    private static GroupNeed Of(PlannerInput input, GroupState state, int? count, int steps)
    {
        var policy = state.Policy;
        var weights = state.Committed.Select(g => g.Model.Weight).ToList();
        var terms = ImmutableArray.CreateBuilder<DecisionTerm>();
        double load = 0;
        double? survive = null;
        if (state.Outlook is { } outlook)
        {
            load = state.Ladder[count!.Value];
            var until = outlook.TimeOf(steps);
            var loss = GroupNeed.Heaviest(weights, policy.SurviveFailures);
            foreach (var (resource, forecast) in state.Forecasts)
            {
                var capacity = UnitCapacity(input, resource);
                var left = SurviveTerm(forecast, policy, capacity, until, loss);
                terms.Add(PredictedTerm(forecast, state, capacity, count.Value, left.Units));
                terms.Add(left);
                survive = Math.Max(survive ?? 0, left.Units - loss);
            }
        }

        foreach (var reactive in ReactiveTerms(input, state))
        {
            terms.Add(reactive);
            load = Math.Max(load, reactive.Units);
        }

        var floor = AddFloors(input, policy, state.LeadTime + PlannerRules.Guard, weights, terms);
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
        Surged => ReasonCode.Surge,
        Held => ReasonCode.DipGuard,
        Scheduled => ReasonCode.Scheduled,
        _ => ReasonCode.GroupMin,
    };

    // The resource that is hardest to serve asks for the whole SGMs that cost least, the others for what they need.
    private static DecisionTerm PredictedTerm(
        DemandForecast forecast, GroupState state, double capacity, int count, double survive)
    {
        var outlook = state.Outlook!;
        var step = PeakStep(outlook, state.Quantile);
        var time = outlook.TimeOf(step);
        var demand = ForecastQuantiles.Marginal(
            forecast, ForecastQuantiles.StepBefore(forecast, time + outlook.Step), state.Quantile);
        var asked = demand / capacity / state.Policy.TargetUtilization;
        var units = state.Ladder[count];
        var forLoss = count > 0 && asked <= state.Ladder[count - 1] && survive > state.Ladder[count - 1];
        var binds = !forLoss && asked >= outlook.Quantile(step, state.Quantile) - PlannerRules.Tolerance;
        return new(
            Predicted,
            forecast.Resource,
            demand,
            binds ? units : Math.Min(asked, units),
            Invariant($"{state.Quantile * 100:0.##} % quantile at {Words.Clock(time)}, at ")
                + Invariant($"{state.Policy.TargetUtilization * 100:F0} % of capacity"));
    }

    // The busiest interval until what is ordered now serves.
    private static int PeakStep(DemandOutlook outlook, double quantile)
    {
        var peak = 0;
        for (var step = 1; step <= outlook.LeadStep; step++)
        {
            peak = outlook.Quantile(step, quantile) > outlook.Quantile(peak, quantile) ? step : peak;
        }

        return peak;
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

    private static IEnumerable<DecisionTerm> ReactiveTerms(PlannerInput input, GroupState state)
    {
        if (state.Verdict.Use == TelemetryUse.FloorsOnly)
        {
            yield break;
        }

        var target = state.Policy.TargetUtilization;
        foreach (var resource in LimitingResources(input))
        {
            if (TelemetryRules.Measured(state.Telemetry, resource) is { } now)
            {
                yield return new(
                    Reactive,
                    resource,
                    now,
                    now / UnitCapacity(input, resource) / target,
                    Invariant($"measured now, at {target * 100:F0} % of capacity"));
            }
        }

        foreach (var resource in LimitingResources(input))
        {
            if (DipGuard.HeldDemand(state, resource) is { } held)
            {
                yield return HeldTerm(resource, state.Policy, UnitCapacity(input, resource), held);
            }
        }

        if (state.Surge is { } surge)
        {
            yield return new(
                Surged,
                null,
                0,
                surge.Units,
                $"demand went above all that was forecast, and that level is held until {Words.Clock(surge.Until)}");
        }
    }

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
