namespace Maestro.Telemetry.Replay.Faults;

/// <summary>Where in a trace a change happens: only where something is decided, so that what was learned before is sound.</summary>
/// <param name="first">The first sample that is decided about.</param>
/// <param name="steps">Samples of the trace.</param>
/// <param name="step">Time from one sample to the next.</param>
/// <param name="hardUtilization">Share of a unit above which demand is violated.</param>
/// <param name="seed">Chooses moments; the same seed chooses the same.</param>
public sealed class ChangeMoments(int first, int steps, TimeSpan step, double hardUtilization, ulong seed)
{
    /// <summary>The first sample that is decided about.</summary>
    public int First => first;

    /// <summary>Samples of the trace.</summary>
    public int Steps => steps;

    /// <summary>Time from one sample to the next.</summary>
    public TimeSpan Step => step;

    /// <summary>Share of a unit above which demand is violated.</summary>
    public double HardUtilization => hardUtilization;

    /// <summary>Samples in a time; at least 1.</summary>
    public int Count(TimeSpan time) => Math.Max(1, (int)Math.Round(time / step));

    /// <summary>Stretches of so many samples, one in every so many days, at a time of day by chance.</summary>
    public IEnumerable<Range> Every(int days, TimeSpan length)
    {
        var chance = new Chance(seed);
        var (cycle, count) = (Count(TimeSpan.FromDays(days)), Count(length));
        for (var from = first; from + count <= steps; from += cycle)
        {
            // A cycle that is cut short by the end of the trace has its stretch too.
            var room = Math.Min(cycle, steps - from) - count;
            var at = from + chance.Next(room + 1);
            yield return at..(at + count);
        }
    }

    /// <summary>Whole days of 24 hours from the first decision on; the last may be shorter.</summary>
    public IEnumerable<Range> Days()
    {
        var day = Count(TimeSpan.FromDays(1));
        for (var from = first; from < steps; from += day)
        {
            yield return from..Math.Min(steps, from + day);
        }
    }

    /// <summary>A number in [0, 1) for each sample, the same each time.</summary>
    internal double ChanceAt(int sample, int salt) =>
        new Chance(seed ^ ((ulong)(sample + 1) * 0x9E3779B97F4A7C15) ^ ((ulong)salt * 0xD1B54A32D192ED03)).Next();

    /// <summary>A number of mean 0 and deviation 1 for each sample, the same each time.</summary>
    internal double NormalAt(int sample, int salt) =>
        new Chance(seed ^ ((ulong)(sample + 1) * 0xBF58476D1CE4E5B9) ^ ((ulong)salt * 0xD1B54A32D192ED03)).NextNormal();
}
