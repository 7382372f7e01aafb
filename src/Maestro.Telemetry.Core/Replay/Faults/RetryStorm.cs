namespace Maestro.Telemetry.Replay.Faults;

/// <summary>
/// An outage somewhere else takes most of the demand away, and when it ends everybody comes back at once. The samples of
/// the dip are right, and mislead: they count as faulty.
/// </summary>
public sealed class RetryStorm : IReplayChange
{
    private const double Left = 0.2;
    private const double Storm = 1.6;

    private static readonly TimeSpan Dip = TimeSpan.FromMinutes(90);
    private static readonly TimeSpan After = TimeSpan.FromMinutes(30);

    public string Name => "dip";

    public string About => "an outage leaves a fifth of the demand for 90 minutes, then 1.6 times as much comes for 30, once a week";

    public ReplayGroup Apply(ReplayGroup group, ChangeMoments when)
    {
        var factor = new double[when.Steps];
        Array.Fill(factor, 1);
        var outages = when.Every(7, Dip + After).ToList();
        var dip = when.Count(Dip);
        foreach (var outage in outages)
        {
            Array.Fill(factor, Left, outage.Start.Value, dip);
            Array.Fill(factor, Storm, outage.Start.Value + dip, outage.End.Value - outage.Start.Value - dip);
        }

        var samples = new MeasuredSamples(ChangedDemand.Times(group, when, t => factor[t]));
        foreach (var outage in outages)
        {
            for (var t = outage.Start.Value; t < outage.Start.Value + dip; t++)
            {
                samples.Mark(t);
            }
        }

        return samples.ToGroup();
    }
}
