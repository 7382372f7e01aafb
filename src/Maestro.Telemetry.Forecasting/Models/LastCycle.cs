namespace Maestro.Telemetry.Forecasting.Models;

/// <summary>Repeats the last cycle; a cycle of one step repeats the last value.</summary>
internal sealed class LastCycle(LastCycleState state) : IRolling<LastCycleState>
{
    private readonly double[] _cycle = [.. state.Cycle];

    /// <summary>Where the oldest value of the cycle is.</summary>
    private int _oldest;

    /// <summary>Fits with errors measured on the history: two cycles ahead has the errors of two cycles.</summary>
    public static FitResult Fit(
        string name,
        TrainingSeries series,
        double[] values,
        int period,
        CancellationToken cancellationToken) => PointFit.Fit(
            name,
            series,
            values,
            period,
            [period],
            count => Learn(values.AsSpan(0, count), values, period),
            ModelJson.Default.PointStateLastCycleState,
            cancellationToken);

    public static IFittedModel Restore(string name, string json) => FittedPoint<LastCycleState>.Restore(
        json,
        name,
        ModelJson.Default.PointStateLastCycleState,
        static state => new LastCycle(state));

    /// <summary>A missing value takes that of the cycle before.</summary>
    public void Step(double value)
    {
        if (!double.IsNaN(value))
        {
            _cycle[_oldest] = value;
        }

        _oldest = (_oldest + 1) % _cycle.Length;
    }

    public void Expect(Span<double> expected)
    {
        for (var step = 0; step < expected.Length; step++)
        {
            expected[step] = _cycle[(_oldest + step) % _cycle.Length];
        }
    }

    public LastCycleState Save() => new([.. _cycle[_oldest..], .. _cycle[.._oldest]]);

    /// <summary>In the first cycle a missing value takes the last one known, or the first one known at all.</summary>
    private static LastCycle Learn(ReadOnlySpan<double> past, double[] values, int period)
    {
        var cycle = new double[period];
        var last = Array.Find(values, double.IsFinite);
        for (var i = 0; i < period; i++)
        {
            cycle[i] = last = double.IsNaN(past[i]) ? last : past[i];
        }

        var rolling = new LastCycle(new(cycle));
        foreach (var value in past[period..])
        {
            rolling.Step(value);
        }

        return rolling;
    }
}
