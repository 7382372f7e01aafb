using Maestro.Telemetry.Scaling.Arbitration;
using Maestro.Telemetry.Scaling.Outlooks;

namespace Maestro.Telemetry.Scaling;

/// <summary>Writes down what was decided for a group and what led to it.</summary>
internal static class DecisionRecords
{
    public static DecisionRecord Of(PlanningState plan, GroupState state)
    {
        var input = plan.Input;
        var outcome = state.Outcome!;
        var binding = DesiredCapacity.Binding(state.Need);
        var coming = state.Claims.Length - state.Members.Length
            - state.Open.Count(c => c.State == CommandState.Proposed && c.To == state.Id && IsNew(state, c));
        var leaving = state.Open.Count(c => c.IsInFlight && c.From == state.Id && !IsNew(state, c));
        return new DecisionRecord
        {
            Id = PlanningState.DecisionId(input.Now, state.Id),
            Time = input.Now,
            Group = state.Id,
            Action = outcome.Action,
            Reason = outcome.Reason,
            Sentence = outcome.Sentence,
            Members = state.Members.Length,
            Desired = state.Members.Length + coming - leaving + state.Granted.Count - (state.Taken is null ? 0 : 1),
            CommittedUnits = state.CommittedUnits,
            WantedUnits = Math.Max(binding.Units, state.Need.LoadUnits),
            Binding = binding.Resource is { } resource ? $"{binding.Source}:{resource}" : binding.Source,
            Terms = state.Need.Terms,
            Steps = [.. state.Steps],
            Serial = outcome.Serial,
            OtherGroup = outcome.OtherGroup,
            LatestSafeStart = state.LatestSafeStart,
            TelemetryAge = input.Now - state.Telemetry?.NewestSample,
            TelemetryCoverage = double.IsFinite(state.Telemetry?.Coverage ?? 0) ? state.Telemetry?.Coverage ?? 0 : 0,
            ForecastModel = state.Forecasts.Values.FirstOrDefault()?.Model,
            Forecast = DoingNothing.Facts(state),
            ForecastProblem = DoingNothing.Problem(state),
            Risk = DoingNothing.Of(state),
            ModeOut = state.Policy.ScaleOutMode,
            ModeIn = state.Policy.ScaleInMode,
            PolicyVersion = state.Policy.Version,
            Alternatives = [.. state.Alternatives.Distinct()],
            Lost = LostSgms.Of(plan, state),
        };
    }

    private static bool IsNew(GroupState state, ScalingCommand command) =>
        !state.Members.Any(m => m.Serial == command.Serial);
}
