namespace Maestro.Telemetry.Replay;

/// <summary>Units of one group that come when they are ordered, after their lead time, and leave at once.</summary>
internal sealed class UnitFleet(JoinTimes joins, TimeSpan step, int initial)
{
    private readonly List<(int Step, bool Succeeds)> _joining = [];
    private int _orders;

    public int Serving { get; private set; } = initial;

    public int Committed => Serving + _joining.Count;

    /// <summary>Steps until something that takes so long is done; at least 1.</summary>
    public static int StepsOf(TimeSpan time, TimeSpan step) => Math.Max(1, (int)Math.Ceiling((time / step) - 1e-9));

    /// <summary>Units whose time has come serve; a join that failed is no longer counted on.</summary>
    public void Arrive(int now)
    {
        Serving += _joining.Count(unit => unit.Step <= now && unit.Succeeds);
        _joining.RemoveAll(unit => unit.Step <= now);
    }

    /// <summary>Orders or frees units until so many are committed. Those that are joining are called off first.</summary>
    public void Set(int now, int wanted, GroupTrack track)
    {
        for (; Committed < wanted; _orders++)
        {
            var (time, succeeds) = joins.Draw(_orders);
            var from = now + StepsOf(time, step);
            _joining.Add((from, succeeds));
            track.Add(new(now, Adds: true, succeeds ? from : int.MaxValue));
        }

        while (Committed > wanted)
        {
            track.Add(new(now, Adds: false, int.MaxValue));
            if (_joining.Count > 0)
            {
                _joining.RemoveAt(_joining.Count - 1);
            }
            else
            {
                Serving--;
            }
        }
    }
}
