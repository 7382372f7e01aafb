using System.Globalization;
using Maestro.Telemetry.Replay;
using Maestro.Telemetry.Replay.Baselines;

namespace Maestro.Telemetry.Cli.Replays;

/// <summary>Who is compared in a replay, and how their knobs are swept.</summary>
internal sealed class Contestants(ReplaySettings settings)
{
    public const string Planner = "planner";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly double[] Quantiles = [0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99];
    private static readonly double[] Targets = [0.48, 0.52, 0.56, 0.6, 0.64, 0.68];

    public static IReadOnlyList<string> Names { get; } =
    [
        Planner, "quantile", "hpa-64", "hpa-64-5m", "hpa-56", "cloudguard", "predictive", "schedule", "static-max",
    ];

    public IEnumerable<ReplayContestant> Chosen() =>
        Names.Where(name => settings.Policies.Count == 0 || settings.Policies.Contains(name)).Select(ByName);

    /// <summary>Those with a knob, once for each of its positions, with the policy they belong to.</summary>
    public IEnumerable<(string Policy, double Knob, ReplayContestant Contestant)> Sweep()
    {
        foreach (var quantile in Quantiles)
        {
            yield return (Planner, quantile, new PlannerContestant(
                Name(Planner, quantile), policy => policy with { Quantile = quantile }));
            yield return ("quantile", quantile, Quantile(Name("quantile", quantile), quantile));
        }

        foreach (var target in Targets)
        {
            yield return ("hpa", target, Rule(Name("hpa", target), () => new RatioRule(target, Hour)));
        }
    }

    /// <summary>How far ahead the quantile rule looks before it frees a unit.</summary>
    public static TimeSpan Hold(TimeSpan lead) => TimeSpan.FromHours(lead >= Hour ? 3 : 2);

    private ReplayContestant ByName(string name) => name switch
    {
        Planner => new PlannerContestant(Planner),
        "quantile" => Quantile(name, null),
        "hpa-64" => Rule(name, static () => new RatioRule(0.64, Hour)),
        "hpa-64-5m" => Rule(name, static () => new RatioRule(0.64, TimeSpan.FromMinutes(5))),
        "hpa-56" => Rule(name, static () => new RatioRule(0.56, Hour)),
        "cloudguard" => Rule(name, ThresholdRule.CloudGuard),
        "predictive" => Rule(name, static () => new HourlyForecastRule(0.64, Hour)),
        "schedule" => Rule(name, () => new ScheduleRule(settings.Hard)),
        _ => Rule(name, () => new FixedRule(settings.Hard)),
    };

    /// <param name="name">Short and unique.</param>
    /// <param name="quantile">Which; null for that of each group's policy.</param>
    private RuleContestant Quantile(string name, double? quantile) => new(name, group => new QuantileRule(
        quantile ?? group.Policy.Quantile,
        settings.Hard,
        Hold(group.Policy.LeadTime),
        TimeSpan.FromMinutes(30)));

    private static RuleContestant Rule(string name, Func<IUnitPolicy> create) => new(name, _ => create());

    private static string Name(string policy, double knob) =>
        string.Create(CultureInfo.InvariantCulture, $"{policy}@{knob}");
}
