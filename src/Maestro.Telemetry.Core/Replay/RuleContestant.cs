using System.Collections.Immutable;
using Maestro.Telemetry.Forecasts;

namespace Maestro.Telemetry.Replay;

/// <summary>A rule of thumb for each group on its own. Units are always to be had.</summary>
/// <param name="name">Short and unique.</param>
/// <param name="create">Makes the rule for a group.</param>
public sealed class RuleContestant(string name, Func<ReplayGroup, IUnitPolicy> create) : ReplayContestant(name)
{
    internal override ContestantRun Begin(ReplayScenario scenario) => new Run(scenario, create);

    private sealed class Run(ReplayScenario scenario, Func<ReplayGroup, IUnitPolicy> create) : ContestantRun(scenario)
    {
        private readonly ImmutableArray<(IUnitPolicy Rule, UnitFleet Fleet)> _groups =
            [
                .. scenario.Groups.Select(group => (
                    create(group),
                    new UnitFleet(scenario.JoinsOf(group), scenario.Step, scenario.InitialUnits(group)))),
            ];

        public override void Advance(int step, ImmutableArray<DemandForecast> forecasts)
        {
            for (var i = 0; i < _groups.Length; i++)
            {
                var (rule, fleet) = _groups[i];
                var group = Scenario.Groups[i];
                fleet.Arrive(step);
                Tracks[i].Serving[step] = fleet.Serving;
                var view = new UnitView
                {
                    Work = group.Seen.Values.Span[..(step + 1)],
                    Now = Scenario.TimeAt(step),
                    Step = Scenario.Step,
                    Serving = fleet.Serving,
                    Committed = fleet.Committed,
                    LeadSteps = UnitFleet.StepsOf(Scenario.JoinsOf(group).Lead, Scenario.Step),
                    FirstStep = Scenario.FirstStep,
                    Forecast = forecasts.FirstOrDefault(f => f.Group == group.Policy.Group),
                };
                fleet.Set(step, Math.Max(1, rule.Want(view)), Tracks[i]);
                Tracks[i].Committed[step] = fleet.Committed;
            }
        }
    }
}
