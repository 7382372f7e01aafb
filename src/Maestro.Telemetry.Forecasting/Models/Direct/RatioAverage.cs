namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>By which share values have lately been above what was expected of them: 0.2 is a fifth more.</summary>
internal sealed class RatioAverage(double gain)
{
    private FadingMean _residual = new(gain);
    private FadingMean _expected = new(gain);

    public Track Values { get; } = new();

    public void Append(double residual, double expected)
    {
        _residual.Add(residual);
        _expected.Add(double.IsNaN(residual) ? double.NaN : Math.Abs(expected));
        Values.Add(_expected.Level > 0 ? Math.Clamp(_residual.Level / _expected.Level, -0.9, 4) : 0);
    }
}
