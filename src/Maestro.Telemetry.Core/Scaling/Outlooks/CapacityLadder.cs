namespace Maestro.Telemetry.Scaling.Outlooks;

/// <summary>
/// The capacity of so many SGMs, in reference SGMs: those that a group has, the heaviest first, and then as many more
/// as it may get, of its average weight.
/// </summary>
internal sealed class CapacityLadder
{
    private readonly double[] _units;
    private readonly double[] _afterLoss;
    private readonly double _slack;

    /// <param name="weights">The weights of the SGMs that serve or are on their way.</param>
    /// <param name="most">SGMs that the group may have at most.</param>
    /// <param name="policy">Names the SGMs whose loss must be survived, and how far the target may be passed.</param>
    public CapacityLadder(IReadOnlyCollection<double> weights, int most, ScalingPolicy policy)
    {
        _slack = Math.Max(0, (policy.HardUtilization / policy.TargetUtilization) - 1);
        Committed = weights.Count;
        var next = weights.Count == 0 ? 1 : weights.Average();
        var steps = weights.OrderDescending()
            .Concat(Enumerable.Repeat(next, Math.Max(0, most - weights.Count)))
            .ToArray();
        _units = new double[steps.Length + 1];
        _afterLoss = new double[steps.Length + 1];
        for (var n = 1; n <= steps.Length; n++)
        {
            _units[n] = _units[n - 1] + steps[n - 1];
            _afterLoss[n] = _units[n] - GroupNeed.Heaviest(steps[..n], policy.SurviveFailures);
        }
    }

    /// <summary>SGMs that serve or are on their way.</summary>
    public int Committed { get; }

    /// <summary>SGMs that there may be at most.</summary>
    public int Most => _units.Length - 1;

    /// <summary>The capacity of so many SGMs.</summary>
    public double this[int count] => _units[count];

    /// <summary>
    /// The need that so many SGMs may have before another is worth a change: a part of an SGM more than their capacity,
    /// but never so much that the hard limit would be passed.
    /// </summary>
    public double Serves(int count) => _units[count] + Math.Min(PlannerRules.DeadBandOut, _units[count] * _slack);

    /// <summary>What is left of so many SGMs after the loss that must be survived; below 0 when there are too few.</summary>
    public double AfterLoss(int count) => _afterLoss[count];
}
