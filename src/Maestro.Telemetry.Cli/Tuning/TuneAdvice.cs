using Maestro.Telemetry.Replay;
using static System.FormattableString;

namespace Maestro.Telemetry.Cli.Tuning;

/// <summary>Which setting is recommended for a group, and what it costs, in sentences.</summary>
internal sealed record TuneAdvice
{
    public required TunePoint Best { get; init; }

    /// <summary>The dearest point of the frontier that is cheaper; null when the best is the cheapest.</summary>
    public required TunePoint? Cheaper { get; init; }

    /// <summary>False when no setting keeps the limits.</summary>
    public required bool KeepsLimits { get; init; }

    /// <summary>
    /// With a limit on shortage the cheapest setting that keeps it, with a limit on cost alone the one that is least
    /// short; when none keeps them, the one that is least short.
    /// </summary>
    public static TuneAdvice Of(IReadOnlyList<TunePoint> points, TuneLimits limits)
    {
        var kept = points.Where(p => Keeps(p.Chosen, limits)).ToList();
        var byCost = kept.Count > 0 && limits.MaxUnder is not null;
        var best = (kept.Count > 0 ? kept : points)
            .OrderBy(p => byCost ? p.Chosen.UnitHoursVsOracle1 : p.Chosen.UnderProvisionedPercent)
            .ThenBy(p => byCost ? p.Chosen.UnderProvisionedPercent : p.Chosen.UnitHoursVsOracle1)
            .ThenBy(static p => p.Chosen.MovesPerDay)
            .First();
        return new()
        {
            Best = best,
            KeepsLimits = kept.Count > 0,
            Cheaper = points
                .Where(p => p.OnFrontier && p.Chosen.UnitHoursVsOracle1 < best.Chosen.UnitHoursVsOracle1 - 0.0005)
                .MaxBy(static p => p.Chosen.UnitHoursVsOracle1),
        };
    }

    /// <summary>True when the metrics keep the limits.</summary>
    public static bool Keeps(ElasticityMetrics metrics, TuneLimits limits) =>
        !(metrics.UnderProvisionedPercent > limits.MaxUnder) && !(metrics.UnitHoursVsOracle1 > limits.MaxCost);

    /// <summary>What is recommended, what it costs, and what of it held in the later part.</summary>
    public IEnumerable<string> Sentences(TuneLimits limits)
    {
        if (!KeepsLimits)
        {
            yield return $"No setting keeps {Say(limits)} in the earlier part; this one is least short.";
        }

        yield return $"{Best.Setting.Name}: {Figures(Best.Chosen)}.";
        yield return $"In the later part, which the choice did not see: {Figures(Best.Judged)}; "
            + (Keeps(Best.Judged, limits)
                ? $"it keeps {Say(limits)}."
                : $"it does not keep {Say(limits)} there. Ask for more than you need, or tune with a longer trace.");
        yield return Cheaper is null
            ? "No setting is cheaper."
            : $"The next cheaper, {Cheaper.Setting.Unlike(Best.Setting)}: {Figures(Cheaper.Chosen)}.";
    }

    private static string Figures(ElasticityMetrics metrics) =>
        Invariant($"{metrics.UnderProvisionedPercent:0.00} % under at {metrics.UnitHoursVsOracle1:0.000} × oracle(1), ")
        + Invariant($"{metrics.MovesPerDay:0.0} changes a day");

    private static string Say(TuneLimits limits)
    {
        var under = limits.MaxUnder is { } u ? Invariant($"{u:0.###} % under") : null;
        var cost = limits.MaxCost is { } c ? Invariant($"{c:0.###} × oracle(1)") : null;
        return string.Join(" and ", new[] { under, cost }.OfType<string>());
    }
}
