namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>A fading mean at every step.</summary>
internal sealed class Average(double gain)
{
    private FadingMean _mean = new(gain);

    public Track Values { get; } = new();

    public void Append(double value)
    {
        _mean.Add(value);
        Values.Add(_mean.Level);
    }
}
