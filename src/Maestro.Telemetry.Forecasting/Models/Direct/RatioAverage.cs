namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>By which share values have lately been above what was expected of them: 0.2 is a fifth more.</summary>
internal sealed class RatioAverage(double gain)
{
    private readonly Average _residual = new(gain);
    private readonly Average _expected = new(gain);

    public Track Values { get; } = new();

    public void Append(double residual, double expected)
    {
        _residual.Append(residual);
        _expected.Append(double.IsNaN(residual) ? double.NaN : Math.Abs(expected));
        var below = _expected.Values[^1];
        Values.Add(below > 0 ? Math.Clamp(_residual.Values[^1] / below, -0.9, 4) : 0);
    }
}
