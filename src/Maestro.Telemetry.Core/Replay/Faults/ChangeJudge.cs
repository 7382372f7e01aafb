using System.Collections.Immutable;

namespace Maestro.Telemetry.Replay.Faults;

/// <summary>
/// Holds a replay in which something went wrong against the same replay in which nothing did. A removal is caused by bad
/// data when it leaves the group fewer units than it has in the sound replay, at that moment and all through the hour
/// that follows, and when it is ordered at a sample that says something wrong; or at one that is merely missing or soon
/// after a fault, and the demand needs more than is left within that hour. So a removal that is only made later, or half
/// an hour earlier, is none; nor is one on sound samples that the demand bears out, which differs because chance made
/// the forecast another.
/// </summary>
public static class ChangeJudge
{
    /// <summary>How long after a removal the two replays, and the demand, are looked at.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(1);

    /// <summary>Soon after a fault is: as long as it lasted, but at least three samples and at most this.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private const int FewestSamples = 3;

    /// <summary>So many samples may be missing in a row before whoever decides has to know that it is blind.</summary>
    private const int MissedSamples = 2;

    /// <summary>What became of each group under each contestant.</summary>
    /// <param name="changed">What was replayed: the scenario in which something went wrong.</param>
    /// <param name="sound">The contestants in the scenario in which nothing did.</param>
    /// <param name="spoilt">The same contestants in <paramref name="changed"/>.</param>
    public static IReadOnlyList<ChangeOutcome> Judge(
        ReplayScenario changed, IReadOnlyList<ContestantTracks> sound, IReadOnlyList<ContestantTracks> spoilt)
    {
        ArgumentNullException.ThrowIfNull(changed);
        ArgumentNullException.ThrowIfNull(sound);
        ArgumentNullException.ThrowIfNull(spoilt);
        var outcomes = new List<ChangeOutcome>();
        for (var g = 0; g < changed.Groups.Length; g++)
        {
            var group = changed.Groups[g];
            var demand = RequiredUnits.Of(group.Demand.Values.Span, changed.HardUtilization);
            var meter = new ElasticityMeter(demand, changed.FirstMeasured, changed.Step);
            outcomes.AddRange(spoilt.Zip(sound, (bad, good) => new ChangeOutcome
            {
                Group = group.Name,
                Policy = bad.Name,
                Metrics = meter.Measure(bad.Groups[g], null),
                RemovalsInFaults = RemovalsInFaults(changed, group.Measured, demand, good.Groups[g], bad.Groups[g]),
                Breaches = bad.Groups[g].IsPlanned ? Breaches(changed, group, bad.Groups[g]) : null,
                TrustedPercent = bad.Groups[g].IsPlanned
                    ? 100.0 * bad.Groups[g].Trusted / (changed.Steps - changed.FirstStep)
                    : null,
                Reasons = bad.Groups[g].Reasons.ToImmutableSortedDictionary(),
            }));
        }

        return outcomes;
    }

    /// <summary>Commands that were carried out: none may be in modes observe and recommend.</summary>
    public static int Calls(ContestantTracks tracks)
    {
        ArgumentNullException.ThrowIfNull(tracks);
        return tracks.Groups.Sum(static track => track.Changes.Count);
    }

    private static int RemovalsInFaults(
        ReplayScenario changed, MeasuredDemand? measured, int[] demand, GroupTrack sound, GroupTrack spoilt)
    {
        if (measured is null)
        {
            return 0;
        }

        var near = NearFaults(measured.Faulty.Span, changed.Step);
        var hour = UnitFleet.StepsOf(Ahead, changed.Step) + 1;
        var count = 0;
        foreach (var removals in spoilt.Changes.Where(c => !c.Adds && near[c.Step]).GroupBy(static c => c.Step))
        {
            var (t, ahead) = (removals.Key, Math.Min(hour, changed.Steps - removals.Key));
            var kept = sound.Committed.AsSpan(t, ahead).ToArray().Min();
            var needed = SaysWrong(measured, t) ? int.MaxValue : demand.AsSpan(t, ahead).ToArray().Max();
            count += Math.Min(removals.Count(), Math.Max(0, Math.Min(kept, needed) - spoilt.Committed[t]));
        }

        return count;
    }

    private static bool SaysWrong(MeasuredDemand measured, int sample)
    {
        var known = sample;
        while (known >= 0 && double.IsNaN(measured.Work.Span[known]))
        {
            known--;
        }

        return measured.Faulty.Span[sample] && (known == sample || sample - known > MissedSamples);
    }

    private static bool[] NearFaults(ReadOnlySpan<bool> faulty, TimeSpan step)
    {
        var near = new bool[faulty.Length];
        var most = UnitFleet.StepsOf(Longest, step);
        var (length, left) = (0, 0);
        for (var t = 0; t < near.Length; t++)
        {
            near[t] = faulty[t] || left > 0;
            length = faulty[t] ? length + 1 : 0;
            left = faulty[t]
                ? Math.Max(left, Math.Clamp(length, FewestSamples, Math.Max(FewestSamples, most)))
                : Math.Max(0, left - 1);
        }

        return near;
    }

    private static int Breaches(ReplayScenario changed, ReplayGroup group, GroupTrack track)
    {
        var most = Math.Min(
            group.Policy.Maximum, Math.Min(changed.Limits.MaxMembersPerGroup, changed.Limits.MaxMembersPerSite));
        return track.Committed.AsSpan(changed.FirstStep).ToArray()
            .Count(units => units > most || units < group.Policy.Minimum);
    }
}
