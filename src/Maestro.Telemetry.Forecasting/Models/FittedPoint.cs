using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Maestro.Telemetry.Forecasting.Models;

/// <summary>A model that expects one path; its quantiles are those of what it missed by in the past.</summary>
internal sealed class FittedPoint<TState> : IFittedModel
{
    private readonly PointState<TState> _fitted;
    private readonly IRolling<TState> _rolling;
    private readonly JsonTypeInfo<PointState<TState>> _json;

    public FittedPoint(PointState<TState> fitted, IRolling<TState> rolling, JsonTypeInfo<PointState<TState>> json) =>
        (_fitted, _rolling, _json) = (fitted, rolling, json);

    public string Name => _fitted.Model;

    public int MaxHorizon => _fitted.Errors.Horizons[^1];

    /// <summary>Rebuilds a model from what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not a saved state of this model.</exception>
    public static FittedPoint<TState> Restore(
        string json,
        string model,
        JsonTypeInfo<PointState<TState>> type,
        Func<TState, IRolling<TState>> rolling)
    {
        var state = ModelJson.Read(json, type, model, static state => state.Model);
        return new(state, rolling(state.Knows), type);
    }

    public void Observe(double value) => _rolling.Step(_fitted.Bounds.Clean(value));

    public QuantileForecast Forecast(int steps, IReadOnlyList<double> levels, CancellationToken cancellationToken)
    {
        var (expected, scale) = Expect(steps, cancellationToken);
        return _fitted.Errors.Apply(expected, scale, levels, _fitted.Bounds);
    }

    public SamplePaths Paths(int steps, CancellationToken cancellationToken)
    {
        var (expected, scale) = Expect(steps, cancellationToken);
        return _fitted.Errors.Paths(expected, scale, _fitted.Bounds);
    }

    public string ToJson() => JsonSerializer.Serialize(_fitted with { Knows = _rolling.Save() }, _json);

    private (double[] Expected, double[] Scale) Expect(int steps, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, MaxHorizon);
        var expected = new double[steps];
        var scale = new double[steps];
        _rolling.Expect(expected);
        for (var step = 0; step < steps; step++)
        {
            scale[step] = _fitted.Scale.At(expected[step]);
        }

        return (expected, scale);
    }
}
