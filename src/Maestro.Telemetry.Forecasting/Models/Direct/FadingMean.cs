namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>An exponentially weighted mean that starts as a plain one; missing values leave it as it was.</summary>
internal struct FadingMean(double gain)
{
    private int _count;

    /// <summary>0 before the first value.</summary>
    public double Level { get; private set; }

    public void Add(double value)
    {
        if (!double.IsNaN(value))
        {
            _count++;
            Level += Math.Max(gain, 1.0 / _count) * (value - Level);
        }
    }
}
