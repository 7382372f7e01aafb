using System.Text.Json;
using Maestro.Telemetry.Forecasting.Errors;

namespace Maestro.Telemetry.Forecasting.Models;

internal sealed class FittedLevelRatio(
    LevelTracker tracker,
    LevelPoint point,
    CarryOver carryOver,
    ErrorTable errors,
    ValueBounds bounds) : IFittedModel
{
    private LevelPoint _point = point;

    public FittedLevelRatio(LevelRatioState state)
        : this(new LevelTracker(state.Tracker), state.Point, state.CarryOver, state.Errors, state.Bounds)
    {
    }

    public string Name => LevelRatioModel.ModelName;

    public int MaxHorizon => errors.Horizons[^1];

    public void Observe(double value) => _point = tracker.Step(bounds.Clean(value));

    public QuantileForecast Forecast(int steps, IReadOnlyList<double> levels, CancellationToken cancellationToken)
    {
        var (expected, scale) = Expect(steps, cancellationToken);
        return errors.Apply(expected, scale, levels, bounds);
    }

    public SamplePaths Paths(int steps, CancellationToken cancellationToken)
    {
        var (expected, scale) = Expect(steps, cancellationToken);
        return errors.Paths(expected, scale, bounds);
    }

    public string ToJson() => JsonSerializer.Serialize(
        new LevelRatioState
        {
            Model = Name,
            Tracker = tracker.Save(),
            Point = _point,
            CarryOver = carryOver,
            Bounds = bounds,
            Errors = errors,
        },
        ModelJson.Default.LevelRatioState);

    private (double[] Expected, double[] Scale) Expect(int steps, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, MaxHorizon);
        var expected = new double[steps];
        var scale = new double[steps];
        carryOver.Write(_point, expected, scale);
        return (expected, scale);
    }
}
