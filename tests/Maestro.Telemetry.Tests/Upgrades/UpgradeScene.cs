using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Upgrades;

namespace Maestro.Telemetry.Tests.Upgrades;

/// <summary>One group in a sound fabric, with a demand that is quiet at night; all to be changed.</summary>
internal sealed class UpgradeScene
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);
    public static readonly SecurityGroupId Id = new(1);

    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    public SecurityGroup Group { get; set; } = new() { Id = Id, Name = "edge", ImageCloning = false };

    public List<Gateway> Gateways { get; } = [];

    public List<OrchestratorStatus> Orchestrators { get; } =
        [new("1_1", new(1), true, null), new("1_2", new(1), true, null), new("2_1", new(2), true, null)];

    public ScalingPolicy Policy { get; set; } = new() { Group = Id, Minimum = 1 };

    /// <summary>The quantile of the demand at a time, in reference SGMs.</summary>
    public Func<DateTimeOffset, double> Demand { get; set; } = time => time.Hour is >= 6 and < 22 ? 5 : 2;

    public bool Trusted { get; set; } = true;

    public TimeSpan Reach { get; set; } = TimeSpan.FromHours(48);

    public double Measured { get; set; } = double.NaN;

    /// <summary>With a path that is the demand, or without paths.</summary>
    public bool WithPaths { get; set; } = true;

    public TimeSpan BatchTime { get; set; } = TimeSpan.FromMinutes(30);

    public TimeSpan Within { get; set; } = TimeSpan.FromHours(24);

    public int? Failures { get; set; }

    public bool SurviveSiteLoss { get; set; } = true;

    public FabricLimits Limits { get; set; } = new();

    public UpgradeScene Members(int count, int site = 1, double weight = 1, MemberState state = MemberState.Active)
    {
        for (var i = 0; i < count; i++)
        {
            Gateways.Add(new Gateway
            {
                Serial = new($"{(char)('A' + site - 1)}{Gateways.Count + 1:D2}"),
                Site = new(site),
                Group = Id,
                MemberId = Gateways.Count + 1,
                Model = weight == 1 ? new("9300", 24, 1) : new($"M{weight}", 24, weight),
                Release = Release.R82,
                State = state,
            });
        }

        return this;
    }

    public UpgradeInput Input() => new()
    {
        Now = Noon,
        Fabric = new FabricSnapshot(Noon, [Group], Gateways, Orchestrators),
        Limits = Limits,
        Allowances = new FabricAllowances
        {
            CertifiedMixes = [[.. Gateways.Select(g => g.Model.Name).Distinct()]],
        },
        Policies = [Policy],
        Outlooks = [Outlook(Id, Demand, Reach, Trusted, WithPaths, Measured)],
        BatchTime = BatchTime,
        Within = Within,
        Failures = Failures,
        SurviveSiteLoss = SurviveSiteLoss,
    };

    public UpgradePlan Plan(int batch = 1) => UpgradePlanner.Plan(Input(), Id, batch);

    public OrchestratorPlan PlanOrchestrator(string id = "1_1") => OrchestratorUpgradePlanner.Plan(Input(), id);

    /// <summary>A forecast that is sure of itself, from a few minutes ago on.</summary>
    public static ResourceOutlook Outlook(
        SecurityGroupId group,
        Func<DateTimeOffset, double> demand,
        TimeSpan reach,
        bool trusted = true,
        bool withPaths = true,
        double measured = double.NaN)
    {
        var start = Noon - Step;
        double[] marginal = [.. Enumerable.Range(0, (int)(reach / Step)).Select(i => demand(start + (i * Step)))];
        var maximum = new double[marginal.Length];
        for (var i = 0; i < maximum.Length; i++)
        {
            maximum[i] = i == 0 ? marginal[0] : Math.Max(maximum[i - 1], marginal[i]);
        }

        return new()
        {
            Forecast = new DemandForecast
            {
                Group = group,
                Resource = Resource.CpuWork,
                Model = "test",
                IssuedAt = Noon,
                Start = start,
                Step = Step,
                Levels = [0.95],
                Marginal = marginal,
                PathMaximum = maximum,
                Trust = new ForecastTrust(trusted, 0.8, 0.95, trusted ? "It is good." : "too little history"),
            },
            Paths = withPaths ? marginal : default(ReadOnlyMemory<double>),
            Measured = measured,
        };
    }

    public static string[] Serials(UpgradePlan plan) =>
        [.. plan.Batches.SelectMany(b => b.Serials).Select(s => s.Value)];
}
