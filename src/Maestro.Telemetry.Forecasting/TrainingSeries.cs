namespace Maestro.Telemetry.Forecasting;

/// <summary>What a model learns from: values on a regular grid and what is known about them.</summary>
public sealed record TrainingSeries
{
    /// <summary>One value per step, oldest first; NaN where missing.</summary>
    public required ReadOnlyMemory<double> Values { get; init; }

    /// <summary>Known seasonal periods in steps, ascending, for example 288 and 2016; empty when there is none.</summary>
    public IReadOnlyList<int> Periods { get; init => field = Ascending(value); } = [];

    /// <summary>
    /// True where something out of the ordinary went on (maintenance, an outage) and the value must not be learned.
    /// Empty, or one per value.
    /// </summary>
    public ReadOnlyMemory<bool> Events { get; init; }

    /// <summary>Active members behind each value. Empty, or one per value. Models may ignore it.</summary>
    public ReadOnlyMemory<int> Members { get; init; }

    /// <summary>
    /// True where demand met a limit (a full connection table, a saturated core), so that it was at least the value and
    /// perhaps more. Empty, or one per value. Models may ignore it.
    /// </summary>
    public ReadOnlyMemory<bool> Saturated { get; init; }

    /// <summary>The lowest value there can be: what is below counts as missing, and nothing below is forecast.</summary>
    /// <value>The default is 0; negative infinity when any value is possible.</value>
    public double Lowest { get; init; }

    /// <summary>The highest value there can be, for example 100 for a percentage; nothing above is forecast.</summary>
    /// <value>The default is positive infinity.</value>
    public double Highest { get; init; } = double.PositiveInfinity;

    /// <summary>The longest horizon that will be asked for, in steps; at least 1.</summary>
    public int MaxHorizon
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "At least 1.");
    } = 288;

    /// <summary>The shortest period, in steps; 0 when none is known.</summary>
    internal int Season => Periods.Count == 0 ? 0 : Periods[0];

    internal ValueBounds Bounds => new(Lowest, Highest);

    /// <summary>A <see cref="Lowest"/> for values of which nothing is known: 0, unless one is below.</summary>
    public static double LowestOf(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (value < 0)
            {
                return double.NegativeInfinity;
            }
        }

        return 0;
    }

    /// <summary>The values that may be learned: masked, impossible and infinite ones are NaN.</summary>
    internal double[] Learnable()
    {
        if (Events.Length != 0 && Events.Length != Values.Length)
        {
            throw new ArgumentException($"Events has {Events.Length} entries for {Values.Length} values.");
        }

        var values = Values.ToArray();
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Events.Length != 0 && Events.Span[i] ? double.NaN : Clean(values[i], Lowest);
        }

        return values;
    }

    internal static double Clean(double value, double lowest = 0) =>
        double.IsFinite(value) && value >= lowest ? value : double.NaN;

    private static IReadOnlyList<int> Ascending(IReadOnlyList<int> periods)
    {
        for (var i = 0; i < periods.Count; i++)
        {
            if (periods[i] < 2 || (i > 0 && periods[i] <= periods[i - 1]))
            {
                throw new ArgumentException("Periods must ascend and be at least 2 steps.", nameof(periods));
            }
        }

        return periods;
    }
}
