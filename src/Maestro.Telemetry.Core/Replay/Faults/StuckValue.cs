namespace Maestro.Telemetry.Replay.Faults;

/// <summary>The telemetry repeats the last value while the traffic goes on.</summary>
public sealed class StuckValue : IReplayChange
{
    private static readonly TimeSpan Length = TimeSpan.FromHours(2);

    public string Name => "stuck";

    public string About => "the same value comes again and again for 2 hours, every other day at a time by chance";

    public ReplayGroup Apply(ReplayGroup group, ChangeMoments when)
    {
        var samples = new MeasuredSamples(group);
        foreach (var stretch in when.Every(2, Length))
        {
            var last = stretch.Start.Value - 1;
            for (var t = last + 1; last >= 0 && t < stretch.End.Value; t++)
            {
                samples.Say(t, samples.Work[last]);
            }
        }

        return samples.ToGroup();
    }
}
