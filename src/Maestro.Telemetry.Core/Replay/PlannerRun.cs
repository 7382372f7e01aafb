using System.Collections.Immutable;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Replay;

/// <summary>Feeds the planner as the service does, and carries out what it plans.</summary>
internal sealed class PlannerRun(ReplayScenario scenario, Func<PlannerInput, ScalingPlan> plan) : ContestantRun(scenario)
{
    /// <summary>Ended commands that the planner is shown beside those within the longest cooldown.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(24);

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private const int MostKnown = 10;

    private readonly ReplayFabric _fabric = new(scenario);
    private readonly ImmutableArray<ScalingPolicy> _policies = [.. scenario.Groups.Select(g => g.Policy)];
    private readonly TimeSpan _memory = scenario.Groups.Max(g => g.Policy.Cooldown) + Remembered;
    private ForecastHistory _earlier = ForecastHistory.Empty;
    private PlannerMemory _planner = PlannerMemory.Empty;

    public override void Advance(int step, ImmutableArray<DemandForecast> forecasts)
    {
        var now = Scenario.TimeAt(step);
        _fabric.Follow(now);
        for (var i = 0; i < Tracks.Length; i++)
        {
            var id = _policies[i].Group;
            Tracks[i].Serving[step] = _fabric.ServingOf(id);
            Tracks[i].Trusted += forecasts.Any(f => f.Group == id && f.Trust.Trusted) ? 1 : 0;
        }

        _earlier = forecasts.Aggregate(_earlier, (history, forecast) => history.With(forecast));
        var input = new PlannerInput
        {
            Now = now,
            Fabric = _fabric.Read(now),
            Limits = Scenario.Limits,
            Policies = _policies,
            Telemetry = [.. Scenario.Groups.Select(g => Observe(g, step))],
            Forecasts = forecasts,
            Commands = _fabric.CommandsSince(now - _memory),
            Memory = _planner,
            Earlier = _earlier,

            // Nobody answers proposals here, so that a budget would end the day; changes per day are a result instead.
            Budget = ChangeBudget.Unlimited,
            ProposalsAreAnswered = false,
        };
        var made = plan(input);
        _planner = made.Memory;
        var refused = PlanValidator.Check(input, made).Count > 0;
        Note(made, refused);
        made = refused ? made.Refused(input.Commands) : made;
        _fabric.Withdraw(made.Withdrawn, now);
        Carry(step, now, made.Commands);
    }

    private void Note(ScalingPlan made, bool refused)
    {
        for (var i = 0; i < Tracks.Length; i++)
        {
            Tracks[i].Refused += refused ? 1 : 0;
            var record = made.Decisions.FirstOrDefault(d => d.Group == _policies[i].Group);
            if (record is null || string.IsNullOrWhiteSpace(record.Sentence))
            {
                Tracks[i].Unexplained++;
            }
            else
            {
                Tracks[i].Count(record.Reason);
            }
        }
    }

    private void Carry(int step, DateTimeOffset now, ImmutableArray<ScalingCommand> commands)
    {
        foreach (var (command, servesAt) in _fabric.Carry(commands, now))
        {
            for (var i = 0; i < Tracks.Length; i++)
            {
                if (command.From == _policies[i].Group)
                {
                    Tracks[i].Add(new(step, Adds: false, int.MaxValue));
                }

                if (command.To == _policies[i].Group)
                {
                    var from = servesAt is { } time ? step + UnitFleet.StepsOf(time - now, Scenario.Step) : int.MaxValue;
                    Tracks[i].Add(new(step, Adds: true, from));
                }
            }
        }

        for (var i = 0; i < Tracks.Length; i++)
        {
            Tracks[i].Committed[step] = _fabric.MembersOf(_policies[i].Group);
        }
    }

    private GroupTelemetry Observe(ReplayGroup group, int step)
    {
        var work = group.Seen.Values.Span;
        var newest = step;
        while (newest >= 0 && double.IsNaN(work[newest]))
        {
            newest--;
        }

        var seen = group.Seen with { Values = group.Seen.Values[..(step + 1)] };
        var worst = DemandSeries.WorstOfLast(seen, 2);
        var day = group.Policy.RemoveWithoutForecast ? DemandSeries.WorstOfWhole(seen, TimeSpan.FromDays(1)) : double.NaN;
        var demand = ImmutableSortedDictionary<Resource, double>.Empty;
        var skew = group.Measured is { } measured && newest >= 0 ? measured.Skew.Span[newest] : TimeSpan.Zero;
        return new GroupTelemetry
        {
            Group = group.Policy.Group,
            Demand = double.IsNaN(worst) ? demand : demand.Add(Resource.CpuWork, worst),
            HighestOfDay = double.IsNaN(day) ? demand : demand.Add(Resource.CpuWork, day),
            NewestSample = newest < 0 ? null : Scenario.TimeAt(newest) + skew,
            UnchangedFor = DemandSeries.UnchangedFor(seen, Remembered) ?? TimeSpan.Zero,
            KnownInARow = DemandSeries.KnownInARow(seen, between: 0, MostKnown),
            KnownShareOfHour = DemandSeries.KnownShare(seen, between: 0, Math.Max(1, (int)(Hour / Scenario.Step))),
            Coverage = group.Measured is { } faulty ? faulty.Coverage.Span[step] : 1,
            SampleInterval = Scenario.Step,
        };
    }
}
