namespace Maestro.Telemetry.Forecasting.Models.Theta;

/// <summary>The theta line (θ = 2) of a deseasonalised series, smoothed, and the trend line.</summary>
internal sealed class ThetaLine(ThetaState state) : IRolling<ThetaState>
{
    private double _level = state.Level;
    private long _count = state.Count;

    public void Step(double value)
    {
        if (!double.IsNaN(value))
        {
            var line = (2 * (value - state.Season[_count % state.Season.Length])) - Trend(_count);
            _level += state.Alpha * (line - _level);
        }

        _count++;
    }

    public void Expect(Span<double> expected)
    {
        for (var step = 0; step < expected.Length; step++)
        {
            var at = _count + step;
            expected[step] = (0.5 * (_level + Trend(at))) + state.Season[at % state.Season.Length];
        }
    }

    public ThetaState Save() => state with { Level = _level, Count = _count };

    private double Trend(long index) => state.Intercept + (state.Slope * index);
}
