using System.Collections.Immutable;

namespace Maestro.Telemetry.Replay;

/// <summary>Measures what contestants came to, beside oracles that know the future.</summary>
public static class ReplayJudge
{
    /// <summary>The prices of a change, in unit-hours, that oracles are shown for.</summary>
    public static IReadOnlyList<double> OraclePrices { get; } = [1, 4, 8];

    /// <summary>The contestant that elastic speed-ups are measured against.</summary>
    public const string Yardstick = "hpa-64";

    /// <param name="scenario">What was replayed.</param>
    /// <param name="all">What became of each contestant.</param>
    /// <param name="bootstrap">Draws blocks for the intervals; null for none.</param>
    public static ReplayResult Judge(
        ReplayScenario scenario, IReadOnlyList<ContestantTracks> all, BlockBootstrap? bootstrap)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var demands = scenario.Groups
            .Select(g => RequiredUnits.Of(g.Demand.Values.Span, scenario.HardUtilization)).ToList();
        var groups = scenario.Groups.Select((g, i) => Group(scenario, g, demands[i], all, i, bootstrap));
        var together = new SharedJudge(scenario, demands);
        return new([.. groups], together.Contestants(all), together.Oracles());
    }

    private static GroupResult Group(
        ReplayScenario scenario,
        ReplayGroup group,
        int[] demand,
        IReadOnlyList<ContestantTracks> all,
        int index,
        BlockBootstrap? bootstrap)
    {
        var meter = new ElasticityMeter(demand, scenario.FirstMeasured, scenario.Step);
        var results = all.Select(one => Of(scenario, one.Name, one.Groups[index], meter, bootstrap)).ToList();
        var yardstick = results.FirstOrDefault(r => r.Name == Yardstick)?.Metrics;
        var judged = results
            .Select(r => yardstick is null ? r : r with { ElasticSpeedup = Speedup(yardstick, r.Metrics) });
        var oracles = OraclePrices
            .Select(price => Known(scenario, meter, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"oracle-{price:0}"), Solve(scenario, demand, price)))
            .Append(Known(scenario, meter, "lower-bound", Held(demand.AsSpan(scenario.FirstMeasured))));
        return new(group.Name, [.. demand], [.. judged, .. oracles]);
    }

    private static int[] Solve(ReplayScenario scenario, int[] demand, double price) =>
        Oracle.Solve(demand.AsSpan(scenario.FirstMeasured), price, scenario.Step);

    /// <summary>The demand, and where it is unknown what was needed before: a gap is no fall.</summary>
    private static int[] Held(ReadOnlySpan<int> demand)
    {
        var held = demand.ToArray();
        for (var t = 1; t < held.Length; t++)
        {
            held[t] = held[t] == 0 ? held[t - 1] : held[t];
        }

        return held;
    }

    private static PolicyResult Known(ReplayScenario scenario, ElasticityMeter meter, string name, int[] units) => new()
    {
        Name = name,
        Metrics = meter.Measure(units),
        Serving = [.. new int[scenario.FirstMeasured], .. units],
    };

    private static PolicyResult Of(
        ReplayScenario scenario,
        string name,
        GroupTrack track,
        ElasticityMeter meter,
        BlockBootstrap? bootstrap)
    {
        var decided = scenario.Steps - scenario.FirstStep;
        return new()
        {
            Name = name,
            Metrics = meter.Measure(track, bootstrap),
            Serving = [.. track.Serving],
            Reasons = track.Reasons.ToImmutableSortedDictionary(),
            ExplainedPercent = track.IsPlanned ? 100.0 * (decided - track.Unexplained) / decided : null,
            TrustedPercent = track.IsPlanned ? 100.0 * track.Trusted / decided : null,
            RefusedPlans = track.Refused,
        };
    }

    private static double Speedup(ElasticityMetrics yardstick, ElasticityMetrics ours)
    {
        var product = yardstick.UnderProvisionedPercent / ours.UnderProvisionedPercent
            * (yardstick.OverProvisionedPercent / ours.OverProvisionedPercent)
            * (yardstick.UnderProvisioningAccuracyPercent / ours.UnderProvisioningAccuracyPercent)
            * (yardstick.OverProvisioningAccuracyPercent / ours.OverProvisioningAccuracyPercent);
        return double.IsFinite(product) && product > 0 ? Math.Pow(product, 0.25) : double.NaN;
    }
}
