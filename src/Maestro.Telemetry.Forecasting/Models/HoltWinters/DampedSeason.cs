namespace Maestro.Telemetry.Forecasting.Models.HoltWinters;

/// <summary>Level, damped trend and additive season, in error-correction form.</summary>
internal sealed class DampedSeason : IRolling<HoltWintersState>
{
    private readonly Smoothing _smoothing;
    private readonly double[] _season;
    private double _level;
    private double _trend;
    private long _count;

    public DampedSeason(HoltWintersState state)
    {
        (_smoothing, _level, _trend, _count) = (state.Smoothing, state.Level, state.Trend, state.Count);
        _season = [.. state.Season];
    }

    public void Step(double value) => Miss(value);

    /// <summary>Takes the next value, and returns what the forecast of it missed by: 0 when it is missing.</summary>
    public double Miss(double value)
    {
        var (alpha, beta, gamma, phi) = _smoothing;
        ref var season = ref _season[_count % _season.Length];
        _count++;
        _trend *= phi;
        _level += _trend;
        var miss = value - _level - season;
        if (double.IsNaN(miss))
        {
            return 0;
        }

        _level += alpha * miss;
        _trend += alpha * beta * miss;
        season += gamma * (1 - alpha) * miss;
        return miss;
    }

    public void Expect(Span<double> expected)
    {
        var (ahead, fade) = (0.0, 1.0);
        for (var step = 0; step < expected.Length; step++)
        {
            fade *= _smoothing.Phi;
            ahead += fade;
            expected[step] = _level + (_trend * ahead) + _season[(_count + step) % _season.Length];
        }
    }

    public HoltWintersState Save() => new()
    {
        Smoothing = _smoothing,
        Level = _level,
        Trend = _trend,
        Season = [.. _season],
        Count = _count,
    };
}
