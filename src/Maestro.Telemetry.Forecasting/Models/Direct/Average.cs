namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>An exponentially weighted average that starts as a plain mean; missing values leave it as it was.</summary>
internal sealed class Average(double gain)
{
    private double _level;
    private int _count;

    public Track Values { get; } = new();

    public void Append(double value)
    {
        if (!double.IsNaN(value))
        {
            _count++;
            _level += Math.Max(gain, 1.0 / _count) * (value - _level);
        }

        Values.Add(_level);
    }
}
