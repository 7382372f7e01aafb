using System.Text.Json;
using Maestro.Telemetry.Forecasting.Errors;

namespace Maestro.Telemetry.Forecasting.Models;

internal sealed class FittedLevelRatio(LevelTracker tracker, LevelPoint point, CarryOver carryOver, ErrorTable errors)
    : IFittedModel
{
    private LevelPoint _point = point;

    public FittedLevelRatio(LevelRatioState state)
        : this(new LevelTracker(state.Tracker), state.Point, state.CarryOver, state.Errors)
    {
    }

    public string Name => LevelRatioModel.ModelName;

    public int MaxHorizon => errors.Horizons[^1];

    public void Observe(double value) => _point = tracker.Step(TrainingSeries.Clean(value));

    public QuantileForecast Forecast(int steps, IReadOnlyList<double> levels, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, MaxHorizon);
        var expected = new double[steps];
        var scale = new double[steps];
        carryOver.Write(_point, expected, scale);
        return errors.Apply(expected, scale, levels);
    }

    public string ToJson() => JsonSerializer.Serialize(
        new LevelRatioState
        {
            Model = Name,
            Tracker = tracker.Save(),
            Point = _point,
            CarryOver = carryOver,
            Errors = errors,
        },
        ModelJson.Default.LevelRatioState);
}
