namespace Maestro.Telemetry.Replay.Faults;

/// <summary>What was measured of a group, to be spoilt.</summary>
internal sealed class MeasuredSamples
{
    private readonly ReplayGroup _group;
    private readonly double[] _coverage;
    private readonly TimeSpan[] _skew;
    private readonly bool[] _faulty;

    public MeasuredSamples(ReplayGroup group)
    {
        _group = group;
        Work = group.Seen.Values.ToArray();
        _coverage = group.Measured?.Coverage.ToArray() ?? [.. Enumerable.Repeat(1.0, Work.Length)];
        _skew = group.Measured?.Skew.ToArray() ?? new TimeSpan[Work.Length];
        _faulty = group.Measured?.Faulty.ToArray() ?? new bool[Work.Length];
    }

    /// <summary>Work as it is measured so far; NaN where no sample came.</summary>
    public double[] Work { get; }

    /// <summary>The sample says something else.</summary>
    public void Say(int sample, double work)
    {
        Work[sample] = work;
        _faulty[sample] = true;
    }

    /// <summary>No sample came. How old the one before is says the rest, as in service.</summary>
    public void Lose(int sample) => Say(sample, double.NaN);

    /// <summary>Only so many members were heard of.</summary>
    public void Cover(int sample, double share)
    {
        _coverage[sample] = Math.Min(_coverage[sample], share);
        _faulty[sample] = true;
    }

    /// <summary>The clock that stamped the sample is ahead.</summary>
    public void Skew(int sample, TimeSpan ahead)
    {
        _skew[sample] = ahead;
        _faulty[sample] = true;
    }

    /// <summary>The sample is right and misleads all the same.</summary>
    public void Mark(int sample) => _faulty[sample] = true;

    public ReplayGroup ToGroup() => _group with { Measured = new(Work, _coverage, _skew, _faulty) };
}
