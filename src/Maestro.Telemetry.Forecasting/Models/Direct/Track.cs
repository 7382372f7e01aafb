namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>A growing row of numbers, one per step of a series, that can forget its beginning.</summary>
internal sealed class Track
{
    private double[] _values = new double[16];
    private int _stored;
    private int _forgotten;
    private int _keep = int.MaxValue / 2;

    /// <summary>Steps so far, forgotten ones too.</summary>
    public int Count => _forgotten + _stored;

    /// <summary>The number of a step that is not forgotten.</summary>
    public double this[int index] => _values[index - _forgotten];

    public double this[Index index] => this[index.GetOffset(Count)];

    public ReadOnlySpan<double> this[Range range]
    {
        get
        {
            var (from, length) = range.GetOffsetAndLength(Count);
            return _values.AsSpan(from - _forgotten, length);
        }
    }

    /// <summary>What is not forgotten, oldest first.</summary>
    public ReadOnlySpan<double> Span => _values.AsSpan(0, _stored);

    public void Add(double value)
    {
        if (_stored == _values.Length)
        {
            MakeRoom();
        }

        _values[_stored++] = value;
    }

    /// <summary>Forgets all but the newest numbers, now and from time to time.</summary>
    /// <param name="keep">How many are still asked for.</param>
    public void Forget(int keep)
    {
        _keep = keep;
        Resize(Math.Min(keep, _stored), Math.Min(keep, _stored) + 16);
    }

    private void MakeRoom()
    {
        var keep = _stored >= 2 * _keep ? _keep : _stored;
        Resize(keep, keep == _stored ? 2 * _stored : _values.Length);
    }

    private void Resize(int keep, int capacity)
    {
        var values = new double[capacity];
        _values.AsSpan(_stored - keep, keep).CopyTo(values);
        _forgotten += _stored - keep;
        (_values, _stored) = (values, keep);
    }
}
