using FsCheck;
using FsCheck.Fluent;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Upgrades;

namespace Maestro.Telemetry.Tests.Upgrades;

/// <summary>What holds for every group, demand and batch size, held against a reckoning of its own.</summary>
public sealed class UpgradeLaws
{
    private const int Cases = 300;

    private static readonly ClusteringMode?[] Modes =
        [null, null, ClusteringMode.ActiveActive, ClusteringMode.ActiveStandby, ClusteringMode.Vsls];

    [Fact]
    public void NoBatch_BreaksTheSurviveCeilingAtAnyStepOfAnyPath() => Check(Cases, scene =>
    {
        var input = scene.Input();
        foreach (var batch in scene.Plan(scene.Batch).Batches.Where(b => b.Start is not null))
        {
            var ready = input.Fabric.MembersOf(UpgradeScene.Id).ToList();
            var left = ready.Where(m => !batch.Serials.Contains(m.Serial)).ToList();
            var serving = scene.ServingSite;
            var demand = Highest(input, batch.Start!.Value);
            Assert.Contains(left, m => serving is null || m.Site.Value == serving);
            if (serving is null || batch.Site.Value == serving)
            {
                var weights = left.Where(m => serving is null || m.Site.Value == serving).Select(m => m.Model.Weight);
                var carriers = weights.Order().ToList();
                var survivors = carriers.Take(carriers.Count - input.Policies[0].SurviveFailures).Sum();
                Assert.True(demand <= (survivors * 0.9) + 1e-9, $"{demand} of {survivors}");
            }

            var survivesSites = scene.Group.Mode is ClusteringMode.ActiveStandby or ClusteringMode.Vsls;
            if (survivesSites && ready.Exists(m => m.Site != ready[0].Site))
            {
                // The other site is lost: what is left here carries all.
                var here = left.Where(m => m.Site == batch.Site).Sum(m => m.Model.Weight);
                Assert.True(demand <= (here * 0.9) + 1e-9, $"{demand} of {here} on site {batch.Site}");
            }
        }
    });

    [Fact]
    public void EveryMember_IsUpgradedOnceInBatchesOfOneSiteAndTheSmoLast() => Check(Cases, scene =>
    {
        var plan = scene.Plan(scene.Batch);
        var serials = plan.Batches.SelectMany(b => b.Serials).ToList();
        Assert.Equal(scene.Gateways.Select(g => g.Serial).OrderBy(s => s.Value), serials.OrderBy(s => s.Value));
        Assert.Equal(scene.Input().Fabric.SmoOf(UpgradeScene.Id)!.Serial, serials[^1]);
        Assert.All(plan.Batches, b => Assert.True(b.Serials.Length <= scene.Batch));
        Assert.All(plan.Batches, b => Assert.All(
            b.Serials, s => Assert.Equal(b.Site, scene.Gateways.Single(g => g.Serial == s).Site)));
    });

    [Fact]
    public void Batches_FollowEachOtherWithinTheTime() => Check(Cases, scene =>
    {
        var plan = scene.Plan(scene.Batch);
        var free = UpgradeScene.Noon;
        var ended = false;
        foreach (var batch in plan.Batches)
        {
            // After one that has no time, none has.
            Assert.False(ended && batch.Start is not null);
            ended |= batch.Start is null;
            if (batch.Start is { } start)
            {
                Assert.True(start >= free && batch.LatestStart >= start);
                free = start + scene.BatchTime;
                Assert.True(free <= UpgradeScene.Noon + scene.Within);
            }
        }
    });

    [Fact]
    public void EarlierSafeStart_IsNeverMissed() => Check(Cases, scene =>
    {
        var input = scene.Input();
        var plan = scene.Plan(scene.Batch);
        if (plan.Batches[0] is { Ceiling: > 0 } first)
        {
            var until = first.Start ?? UpgradeScene.Noon + scene.Within - scene.BatchTime + TimeSpan.FromMinutes(5);
            for (var start = UpgradeScene.Noon; start < until; start += TimeSpan.FromMinutes(5))
            {
                Assert.True(Highest(input, start) > first.Ceiling);
            }
        }
    });

    [Fact]
    public void MoreDemand_NeverGivesAnEarlierStartOrAnotherWindow() => Check(Cases, scene =>
    {
        var calm = scene.Plan(scene.Batch);
        var demand = scene.Demand;
        scene.Demand = time => (demand(time) * 1.2) + 0.05;
        var busy = scene.Plan(scene.Batch);

        Assert.All(calm.Batches.Zip(busy.Batches), pair => Assert.True(
            pair.Second.Start is null || pair.First.Start <= pair.Second.Start));
        Assert.All(busy.Windows, w => Assert.Contains(calm.Windows, c => c.From <= w.From && w.To <= c.To));
    });

    [Fact]
    public void EveryRelief_WouldHelp() => Check(Cases, scene =>
    {
        foreach (var relief in scene.Plan(scene.Batch).Reliefs)
        {
            var (batch, within, failures) = (scene.Batch, scene.Within, scene.Failures);
            switch (relief.Kind)
            {
                case UpgradeReliefKind.SmallerBatch:
                    batch = relief.Amount;
                    break;
                case UpgradeReliefKind.MoreTime:
                    scene.Within = TimeSpan.FromHours(relief.Amount);
                    break;
                case UpgradeReliefKind.FewerFailures:
                    scene.Failures = relief.Amount;
                    break;
                case UpgradeReliefKind.NoSiteLoss:
                    scene.SurviveSiteLoss = false;
                    break;
                default:
                    continue;
            }

            var plan = scene.Plan(batch);
            Assert.True(plan.Found, relief.Sentence);
            Assert.Equal(relief.Start, plan.Batches[0].Start);
            (scene.Within, scene.Failures, scene.SurviveSiteLoss) = (within, failures, true);
        }
    });

    [Fact]
    public void SameInput_GivesTheSamePlanInAnyOrder() => Check(100, scene =>
    {
        var first = scene.Plan(scene.Batch);
        scene.Gateways.Reverse();
        var again = scene.Plan(scene.Batch);

        Assert.Equal(first.Sentence, again.Sentence);
        Assert.Equal(UpgradeScene.Serials(first), UpgradeScene.Serials(again));
        Assert.Equal(first.Batches.Select(b => b.Start), again.Batches.Select(b => b.Start));
    });

    private static double Highest(UpgradeInput input, DateTimeOffset start)
    {
        // Every path at every step that the window touches; one path, so that its quantile is itself.
        var forecast = input.Outlooks[0].Forecast;
        double highest = 0;
        for (var i = 0; i < forecast.Steps; i++)
        {
            var (from, to) = (forecast.Start + (i * forecast.Step), forecast.Start + ((i + 1) * forecast.Step));
            if (from < start + input.BatchTime && to > start)
            {
                highest = Math.Max(highest, input.Outlooks[0].Paths.Span[i]);
            }
        }

        return highest;
    }

    private static void Check(int cases, Action<RandomUpgrade> claim) =>
        Trials.Check(cases, seed => claim(new RandomUpgrade(seed)));

    /// <summary>A scene that follows from a seed.</summary>
    private sealed class RandomUpgrade
    {
        private readonly UpgradeScene _scene = new();

        public RandomUpgrade(int seed)
        {
            var random = new Random(seed);
            var mode = Modes[random.Next(Modes.Length)];
            _scene.Group = _scene.Group with { Mode = mode };
            var (first, second) = (random.Next(2, 8), random.Next(0, 8));
            var standby = mode == ClusteringMode.ActiveStandby;
            _scene.Members(first, 1, weight: 1);
            _scene.Members(standby ? Math.Min(second, first) : second, 2, random.Next(2) == 0 ? 1 : 2,
                standby ? MemberState.Standby : MemberState.Active);
            ServingSite = standby ? 1 : null;
            Batch = random.Next(1, 5);
            _scene.Policy = _scene.Policy with { SurviveFailures = random.Next(0, 3) };
            _scene.BatchTime = TimeSpan.FromMinutes(5 * random.Next(1, 25));
            _scene.Within = TimeSpan.FromHours(random.Next(2, 40));
            var units = _scene.Gateways.Sum(g => g.Model.Weight);
            var (low, swing, noise) = (units * 0.5 * random.NextDouble(), units * 0.5 * random.NextDouble(), random.NextDouble());
            _scene.Demand = time => low
                + (swing * (1 + Math.Sin(time.TimeOfDay.TotalHours * Math.PI / 12)) / 2)
                + (noise * new Random((int)(time.Ticks / TimeSpan.TicksPerMinute % 100_000)).NextDouble());
        }

        public int Batch { get; }

        public int? ServingSite { get; }

        public SecurityGroup Group => _scene.Group;

        public List<Gateway> Gateways => _scene.Gateways;

        public Func<DateTimeOffset, double> Demand { get => _scene.Demand; set => _scene.Demand = value; }

        public TimeSpan BatchTime => _scene.BatchTime;

        public TimeSpan Within { get => _scene.Within; set => _scene.Within = value; }

        public int? Failures { get => _scene.Failures; set => _scene.Failures = value; }

        public bool SurviveSiteLoss { set => _scene.SurviveSiteLoss = value; }

        public UpgradeInput Input() => _scene.Input();

        public UpgradePlan Plan(int batch) => _scene.Plan(batch);
    }
}
