namespace Maestro.Telemetry.Replay.Faults;

/// <summary>The clock that stamps samples is wrong: ahead one time, behind the next.</summary>
public sealed class SkewedClock : IReplayChange
{
    private static readonly TimeSpan Length = TimeSpan.FromHours(3);
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(2);

    public string Name => "skew";

    public string About => "samples are stamped 2 minutes ahead or 3 samples behind for 3 hours, in turn, every day";

    public ReplayGroup Apply(ReplayGroup group, ChangeMoments when)
    {
        var samples = new MeasuredSamples(group);
        foreach (var (stretch, turn) in when.Every(1, Length).Select(static (stretch, turn) => (stretch, turn)))
        {
            for (var t = stretch.Start.Value; t < stretch.End.Value; t++)
            {
                samples.Skew(t, turn % 2 == 0 ? Ahead : -3 * when.Step);
            }
        }

        return samples.ToGroup();
    }
}
