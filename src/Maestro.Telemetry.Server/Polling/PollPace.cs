namespace Maestro.Telemetry.Server.Polling;

/// <summary>When a group is asked again.</summary>
internal static class PollPace
{
    /// <summary>The longest pause that failures lead to, unless the interval is longer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private const double Jitter = 0.1;
    private const int MostDoublings = 10;

    /// <summary>From the start of a round to the start of the next.</summary>
    /// <param name="interval">When nothing is wrong.</param>
    /// <param name="failures">Rounds in a row in which nobody answered.</param>
    /// <param name="chance">From 0 to 1: groups that were started together do not stay together.</param>
    public static TimeSpan Next(TimeSpan interval, int failures, double chance)
    {
        var backedOff = interval * Math.Pow(2, Math.Min(failures, MostDoublings));
        var limit = interval > Longest ? interval : Longest;
        return (backedOff < limit ? backedOff : limit) * (1 + (Jitter * (chance - 0.5)));
    }

    /// <summary>Rounds that a member is left out after so many failures in a row: 1, 3, 7, and at most 15.</summary>
    public static int RoundsOut(int failures) => (1 << Math.Min(failures, 4)) - 1;
}
