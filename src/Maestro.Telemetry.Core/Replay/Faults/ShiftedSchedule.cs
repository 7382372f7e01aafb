namespace Maestro.Telemetry.Replay.Faults;

/// <summary>Everything happens an hour earlier: the clock was changed, or the working hours.</summary>
public sealed class ShiftedSchedule : IReplayChange
{
    private static readonly TimeSpan Earlier = TimeSpan.FromHours(1);

    public string Name => "shift";

    public string About => "from halfway on, everything happens an hour earlier";

    public ReplayGroup Apply(ReplayGroup group, ChangeMoments when)
    {
        var (from, shift) = ((when.First + when.Steps) / 2, when.Count(Earlier));
        return ChangedDemand.With(
            group, when, (t, work) => work[t < from ? t : Math.Min(work.Length - 1, t + shift)]);
    }
}
