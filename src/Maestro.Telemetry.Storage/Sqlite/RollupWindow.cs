using System.Collections;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>A row's part of a buffer of roll-ups; moved from row to row instead of being made anew.</summary>
internal sealed class RollupWindow(int width) : IReadOnlyList<Rollup>
{
    private Rollup[] _buffer = [];
    private int _start;

    public int Count => width;

    public Rollup this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, width);
            return _buffer[_start + index];
        }
    }

    public void MoveTo(Rollup[] buffer, int row)
    {
        _buffer = buffer;
        _start = row * width;
    }

    public IEnumerator<Rollup> GetEnumerator()
    {
        for (var i = 0; i < width; i++)
        {
            yield return _buffer[_start + i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
