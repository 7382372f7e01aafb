using Maestro.Telemetry.Scaling.Learning;

namespace Maestro.Telemetry.Scaling.Outlooks;

/// <summary>
/// The capacity of so many SGMs, in reference SGMs: those that a group has, the heaviest first, and then as many more
/// as it may get, of its average weight.
/// </summary>
/// <remarks>
/// Work is measured in the SGMs that are there, with what their number costs. So the efficiency counts against that of
/// the committed number: that number is worth its weight, and more are worth less. Fewer would be worth more than
/// theirs, but nothing is removed on the strength of that.
/// </remarks>
internal sealed class CapacityLadder
{
    private readonly double[] _units;
    private readonly double[] _worth;
    private readonly double[] _afterLoss;
    private readonly double _slack;

    /// <param name="weights">The weights of the SGMs that serve or are on their way.</param>
    /// <param name="most">SGMs that the group may have at most.</param>
    /// <param name="policy">Names the SGMs whose loss must be survived, and how far the target may be passed.</param>
    /// <param name="efficiency">What SGMs of larger groups are worth; null when that is not known.</param>
    public CapacityLadder(
        IReadOnlyCollection<double> weights, int most, ScalingPolicy policy, EfficiencyCurve? efficiency = null)
    {
        _slack = Math.Max(0, (policy.HardUtilization / policy.TargetUtilization) - 1);
        Committed = weights.Count;
        var next = weights.Count == 0 ? 1 : weights.Average();
        var steps = weights.OrderDescending()
            .Concat(Enumerable.Repeat(next, Math.Max(0, most - weights.Count)))
            .ToArray();
        _units = new double[steps.Length + 1];
        _worth = new double[steps.Length + 1];
        _afterLoss = new double[steps.Length + 1];
        for (var n = 1; n <= steps.Length; n++)
        {
            _units[n] = _units[n - 1] + steps[n - 1];
            var share = efficiency is null ? 1 : Math.Min(1, efficiency.At(n) / efficiency.At(Committed));

            // A light SGM beside heavy ones costs no more than it brings.
            _worth[n] = Math.Max(_worth[n - 1], _units[n] * share);
            _afterLoss[n] = (_units[n] - GroupNeed.Heaviest(steps[..n], policy.SurviveFailures)) * share;
        }
    }

    /// <summary>SGMs that serve or are on their way.</summary>
    public int Committed { get; }

    /// <summary>SGMs that there may be at most.</summary>
    public int Most => _units.Length - 1;

    /// <summary>The weight of so many SGMs together, as they are counted and paid for.</summary>
    public double this[int count] => _units[count];

    /// <summary>The need that so many SGMs may have before another is worth a change.</summary>
    public double Serves(int count) => _worth[count] + Slack(count);

    /// <summary>A part of an SGM that is not worth a change, but never so much that the hard limit would be passed.</summary>
    public double Slack(int count) => Math.Min(PlannerRules.DeadBandOut, _worth[count] * _slack);

    /// <summary>What is left of so many SGMs after the loss that must be survived; below 0 when there are too few.</summary>
    public double AfterLoss(int count) => _afterLoss[count];
}
