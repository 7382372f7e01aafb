using System.Text.Json;

namespace Maestro.Telemetry.Forecasting.Models;

internal sealed class FittedLastCycle(LastCycleState state) : IFittedModel
{
    private readonly double[] _cycle = [.. state.Cycle];

    /// <summary>Where the oldest value of the cycle is.</summary>
    private int _oldest;

    public string Name => state.Model;

    public int MaxHorizon => state.Errors.Horizons[^1];

    public void Observe(double value)
    {
        value = state.Bounds.Clean(value);
        if (!double.IsNaN(value))
        {
            _cycle[_oldest] = value;
        }

        _oldest = (_oldest + 1) % _cycle.Length;
    }

    public QuantileForecast Forecast(int steps, IReadOnlyList<double> levels, CancellationToken cancellationToken)
    {
        var (expected, scale) = Expect(steps, cancellationToken);
        return state.Errors.Apply(expected, scale, levels, state.Bounds);
    }

    public SamplePaths Paths(int steps, CancellationToken cancellationToken)
    {
        var (expected, scale) = Expect(steps, cancellationToken);
        return state.Errors.Paths(expected, scale, state.Bounds);
    }

    public string ToJson() => JsonSerializer.Serialize(
        state with { Cycle = [.. _cycle[_oldest..], .. _cycle[.._oldest]] },
        ModelJson.Default.LastCycleState);

    private (double[] Expected, double[] Scale) Expect(int steps, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, MaxHorizon);
        var expected = new double[steps];
        var scale = new double[steps];
        for (var step = 0; step < steps; step++)
        {
            expected[step] = _cycle[(_oldest + step) % _cycle.Length];
            scale[step] = state.Scale.At(expected[step]);
        }

        return (expected, scale);
    }
}
