namespace Maestro.Telemetry.Replay;

/// <summary>All ways to give units to groups, each by a number: the first group counts fastest.</summary>
internal sealed class UnitSpace
{
    private readonly int[] _least;
    private readonly int[] _sizes;
    private readonly int[] _strides;
    private readonly int _total;

    /// <param name="bounds">The least and the most units of each group.</param>
    /// <param name="total">Units that there are for all.</param>
    public UnitSpace(IReadOnlyList<(int Least, int Most)> bounds, int total)
    {
        _least = [.. bounds.Select(static b => b.Least)];
        _sizes = [.. bounds.Select(static b => b.Most - b.Least + 1)];
        _strides = new int[bounds.Count];
        var count = 1L;
        for (var g = 0; g < bounds.Count; g++)
        {
            _strides[g] = (int)Math.Min(count, int.MaxValue);
            count *= _sizes[g];
        }

        (Count, _total) = ((int)Math.Min(count, int.MaxValue), total);
    }

    public int Count { get; }

    public int Groups => _sizes.Length;

    public int Size(int group) => _sizes[group];

    /// <summary>From one state to that in which the group has one more.</summary>
    public int Stride(int group) => _strides[group];

    public int Units(int state, int group) => _least[group] + (state / _strides[group] % _sizes[group]);

    public int UnitsOf(int state)
    {
        var units = 0;
        for (var g = 0; g < _sizes.Length; g++)
        {
            units += Units(state, g);
        }

        return units;
    }

    /// <summary>True when there are so many units.</summary>
    public bool Fits(int state) => UnitsOf(state) <= _total;
}
