namespace Maestro.Telemetry.Scaling.Learning;

/// <summary>
/// Learns from a group's past what SGMs of larger groups are worth: how much more CPU work the same throughput costs
/// when it is spread over more of them.
/// </summary>
/// <remarks>
/// The values are drawn towards 1 by a strong prior, and made to fall with the number of members by isotonic regression
/// (M. Ayer et al. 1955, https://doi.org/10.1214/aoms/1177728423).
/// </remarks>
public static class EfficiencyLearner
{
    /// <summary>A number of members counts when the group had it for so many hours.</summary>
    public const double LeastHours = 24;

    /// <summary>So many numbers of members must count; with fewer, a change of traffic would look like a loss.</summary>
    public const int LeastCounts = 3;

    /// <summary>The belief that nothing is lost counts as much as so many hours.</summary>
    private const double PriorHours = 168;

    /// <summary>The curve; <see cref="EfficiencyCurve.Ideal"/> when too little was seen.</summary>
    /// <param name="samples">The group's past, in any order; samples without work or throughput are left out.</param>
    public static EfficiencyCurve Learn(IEnumerable<EfficiencySample> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var counts = samples
            .Where(IsUsable)
            .GroupBy(s => s.Members)
            .Select(s => (
                Members: s.Key,
                Hours: s.Sum(x => x.Hours),
                Cost: s.Sum(x => x.Work * x.Hours) / s.Sum(x => x.Throughput * x.Hours)))
            .Where(c => c.Hours >= LeastHours && double.IsFinite(c.Cost) && c.Cost > 0)
            .OrderBy(c => c.Members)
            .ToList();
        if (counts.Count < LeastCounts)
        {
            return EfficiencyCurve.Ideal;
        }

        var basis = counts[0].Cost;
        var falling = Falling(
            [.. counts.Select(c => (Value: Drawn(basis / c.Cost, c.Hours), Weight: c.Hours))]);
        return EfficiencyCurve.Through(counts.Zip(falling, (c, value) => (c.Members, value)));
    }

    private static bool IsUsable(EfficiencySample sample) =>
        sample.Members >= 1
        && double.IsFinite(sample.Work) && sample.Work > 0
        && double.IsFinite(sample.Throughput) && sample.Throughput > 0
        && double.IsFinite(sample.Hours) && sample.Hours > 0;

    private static double Drawn(double measured, double hours) =>
        ((measured * hours) + PriorHours) / (hours + PriorHours);

    // Neighbours that rise are replaced by their mean until none does.
    private static IEnumerable<double> Falling(List<(double Value, double Weight)> values)
    {
        var blocks = new List<(double Value, double Weight, int Count)>();
        foreach (var (value, weight) in values)
        {
            blocks.Add((value, weight, 1));
            while (blocks.Count > 1 && blocks[^1].Value > blocks[^2].Value)
            {
                var (last, before) = (blocks[^1], blocks[^2]);
                var sum = last.Weight + before.Weight;
                blocks.RemoveAt(blocks.Count - 1);
                blocks[^1] = (
                    ((last.Value * last.Weight) + (before.Value * before.Weight)) / sum,
                    sum,
                    last.Count + before.Count);
            }
        }

        return blocks.SelectMany(b => Enumerable.Repeat(b.Value, b.Count));
    }
}
