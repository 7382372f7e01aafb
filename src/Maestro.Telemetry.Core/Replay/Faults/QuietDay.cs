namespace Maestro.Telemetry.Replay.Faults;

/// <summary>A holiday: a working day is as quiet as the quietest day of the week before.</summary>
public sealed class QuietDay : IReplayChange
{
    private const int Week = 7;

    public string Name => "holiday";

    public string About => "every third day is replaced by the quietest of the seven before it";

    public ReplayGroup Apply(ReplayGroup group, ChangeMoments when)
    {
        var day = when.Count(TimeSpan.FromDays(1));
        return ChangedDemand.With(group, when, (t, work) =>
        {
            var number = (t - when.First) / day;
            var start = when.First + (number * day);
            return number % 3 == 1 && Quietest(work, start, day) is { } quiet ? work[quiet + t - start] : work[t];
        });
    }

    /// <summary>Where the quietest of the days before begins; null when there is none that is known.</summary>
    private static int? Quietest(double[] work, int start, int day) => Enumerable.Range(1, Week)
        .Select(back => start - (back * day))
        .Where(from => from >= 0)
        .Select(from => (From: from, Sum: work.AsSpan(from, day).ToArray().Sum()))
        .Where(static d => !double.IsNaN(d.Sum))
        .OrderBy(static d => d.Sum)
        .Select(static d => (int?)d.From)
        .FirstOrDefault();
}
