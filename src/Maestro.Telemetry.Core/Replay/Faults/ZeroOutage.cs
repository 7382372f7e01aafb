namespace Maestro.Telemetry.Replay.Faults;

/// <summary>The telemetry says zero while the traffic goes on.</summary>
public sealed class ZeroOutage : IReplayChange
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(45);

    public string Name => "zeros";

    public string About => "all samples are zero for 45 minutes, every other day at a time by chance";

    public ReplayGroup Apply(ReplayGroup group, ChangeMoments when)
    {
        var samples = new MeasuredSamples(group);
        foreach (var outage in when.Every(2, Length))
        {
            for (var t = outage.Start.Value; t < outage.End.Value; t++)
            {
                samples.Say(t, 0);
            }
        }

        return samples.ToGroup();
    }
}
