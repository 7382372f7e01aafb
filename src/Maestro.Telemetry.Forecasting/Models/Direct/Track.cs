namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>A growing row of numbers, one per step of a series.</summary>
internal sealed class Track
{
    private double[] _values = new double[256];

    public int Count { get; private set; }

    public double this[int index] => _values[index];

    public double this[Index index] => _values[index.GetOffset(Count)];

    public ReadOnlySpan<double> Span => _values.AsSpan(0, Count);

    public void Add(double value)
    {
        if (Count == _values.Length)
        {
            Array.Resize(ref _values, Count * 2);
        }

        _values[Count++] = value;
    }
}
