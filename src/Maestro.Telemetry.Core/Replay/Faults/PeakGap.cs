namespace Maestro.Telemetry.Replay.Faults;

/// <summary>Nothing arrives for half an hour around the busiest sample of each day.</summary>
public sealed class PeakGap : IReplayChange
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(30);

    public string Name => "gap";

    public string About => "no sample arrives for 30 minutes around each day's busiest one";

    public ReplayGroup Apply(ReplayGroup group, ChangeMoments when)
    {
        var samples = new MeasuredSamples(group);
        var count = when.Count(Length);
        foreach (var day in when.Days())
        {
            var from = Math.Max(when.First, Busiest(group.Demand.Values.Span, day) - (count / 2));
            for (var t = from; t < Math.Min(when.Steps, from + count); t++)
            {
                samples.Lose(t);
            }
        }

        return samples.ToGroup();
    }

    private static int Busiest(ReadOnlySpan<double> work, Range day)
    {
        var (busiest, end) = (day.Start.Value, day.End.Value);
        for (var t = busiest; t < end; t++)
        {
            busiest = double.IsNaN(work[busiest]) || work[t] > work[busiest] ? t : busiest;
        }

        return busiest;
    }
}
