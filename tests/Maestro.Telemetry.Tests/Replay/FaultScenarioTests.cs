using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Models;
using Maestro.Telemetry.Forecasting.Replay;
using Maestro.Telemetry.Replay;
using Maestro.Telemetry.Replay.Faults;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Tests.Replay;

/// <summary>The planner, with real forecasts, on a site of two groups on which something goes wrong.</summary>
public sealed class FaultScenarioTests(FaultScenarioTests.SoundReplay sound) : IClassFixture<FaultScenarioTests.SoundReplay>
{
    private const int History = 8;
    private const int Decided = 2;
    private const int Day = 288;
    private const ulong Seed = 1;

    public static TheoryData<string> Names =>
        [.. ReplayChanges.Faults.Concat(ReplayChanges.Events).Select(static change => change.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Planner_WhenSomethingGoesWrong_KeepsItsPromises(string name)
    {
        var change = ReplayChanges.Faults.Concat(ReplayChanges.Events).Single(c => c.Name == name);
        var scenario = ReplayChanges.Apply(sound.Scenario, change, Seed);

        var tracks = Run(scenario, new PlannerContestant("planner"), In(ScalingMode.Observe), In(ScalingMode.Recommend));

        var outcomes = ChangeJudge.Judge(scenario, sound.Tracks, [tracks[0]]);
        Assert.All(outcomes, static o => Assert.Equal((0, 0), (o.RemovalsInFaults, o.Breaches)));
        Assert.Equal((0, 0), (ChangeJudge.Calls(tracks[1]), ChangeJudge.Calls(tracks[2])));
        Assert.All(tracks[0].Groups, static g => Assert.Equal((0, 0), (g.Refused, g.Unexplained)));
    }

    [Fact]
    public void Planner_WithTooFewUnitsForAll_ServesTheFirstGroupFirst()
    {
        var scenario = Traces.Scenario(Traces.Days(4), first: Day, policy: Early) with { PoolUnits = 7 };
        scenario = scenario with
        {
            Groups = [scenario.Groups[0], Traces.Group(3, Traces.Days(4), 3, Early)],
        };

        var tracks = ReplayEngine.Run(
            scenario, [new PlannerContestant("planner")], new Traces.Seer(scenario), null, default);

        var groups = ReplayJudge.Judge(scenario, tracks, null).Groups;
        var (first, last) = (groups[0].Policies[0].Metrics, groups[1].Policies[0].Metrics);
        Assert.True(last.ShortageUnitHours > 0);
        Assert.True(first.ShortageUnitHours < last.ShortageUnitHours, $"{first.ShortageUnitHours} {last.ShortageUnitHours}");

        static ScalingPolicy Early(ScalingPolicy policy) => policy with { TargetUtilization = 0.65 };
    }

    [Fact]
    public void Planner_OnAFullSite_KeepsTheFirstGroupServedWhileTheLastHasMoreThanItNeeds()
    {
        var first = Traces.Days(4);
        double[] last = [.. first[^144..], .. first[..^144]];
        var scenario = Traces.Scenario(first, first: Day, policy: Early) with { PoolUnits = 0 };
        scenario = scenario with
        {
            Groups = [scenario.Groups[0], Traces.Group(3, last, 3, Early) with { InitialUnits = 7 }],
        };

        var tracks = ReplayEngine.Run(
            scenario, [new PlannerContestant("planner")], new Traces.Seer(scenario), null, default);

        var shared = ReplayJudge.Judge(scenario, tracks, null).Together.Single(static t => t.Name == "planner");
        Assert.Equal(0, shared.InversionPercent);
        Assert.Contains(tracks[0].Groups[1].Changes, static c => !c.Adds);

        static ScalingPolicy Early(ScalingPolicy policy) => policy with { TargetUtilization = 0.65 };
    }

    private static PlannerContestant In(ScalingMode mode) =>
        new(mode.ToString(), policy => policy with { ScaleOutMode = mode, ScaleInMode = mode });

    private static IReadOnlyList<ContestantTracks> Run(ReplayScenario scenario, params ReplayContestant[] contestants)
    {
        var chain = new FallbackChain([new SeasonalNaiveModel(), new NaiveModel()]);
        var options = new ForecastOptions { Horizon = TimeSpan.FromMinutes(135) };
        var forecaster = new ReplayForecaster(scenario, options, chain, TimeSpan.FromDays(Decided));
        return ReplayEngine.Run(scenario, contestants, forecaster, null, default);
    }

    /// <summary>The site on which nothing goes wrong; replayed once for all tests.</summary>
    public sealed class SoundReplay
    {
        public SoundReplay() => Tracks = Run(Scenario, new PlannerContestant("planner"));

        public ReplayScenario Scenario { get; } = Site();

        public IReadOnlyList<ContestantTracks> Tracks { get; }

        // The groups' days are eight hours apart, so that SGMs are to be had.
        private static ReplayScenario Site()
        {
            var busy = Uneven(Traces.Days(History + Decided, low: 0.9, high: 5.2), 3);
            var quiet = Uneven(Traces.Days(History + Decided, low: 0.7, high: 2.6), 5);
            double[] later = [.. quiet[^96..], .. quiet[..^96]];
            return new()
            {
                Groups = [Group(1, busy), Group(3, later)],
                FirstStep = History * Day,
                Joins = new() { Lead = 3 * Traces.Step },
                PoolUnits = 5,
                Limits = new() { MaxMembersPerSite = 14, MaxMembersPerGroup = 14 },
            };
        }

        private static ReplayGroup Group(int id, double[] work) => Traces.Group(
            id, work, 3, static p => p with { Minimum = 2, Maximum = 12, TargetUtilization = 0.7, SurviveFailures = 1 });

        /// <summary>A few percent up and down, the same each time.</summary>
        private static double[] Uneven(double[] work, int seed)
        {
            var random = new Random(seed);
            return [.. work.Select(value => value * (0.97 + (0.06 * random.NextDouble())))];
        }
    }
}
