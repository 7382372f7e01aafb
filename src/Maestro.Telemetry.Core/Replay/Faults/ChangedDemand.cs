namespace Maestro.Telemetry.Replay.Faults;

/// <summary>Demand that did something else. It is measured as it is, so that no sample is faulty.</summary>
internal static class ChangedDemand
{
    /// <summary>The group with its demand multiplied, sample by sample, from the first decision on.</summary>
    public static ReplayGroup Times(ReplayGroup group, ChangeMoments when, Func<int, double> factor) =>
        With(group, when, (t, work) => work[t] * factor(t));

    /// <summary>The group with other demand from the first decision on.</summary>
    /// <param name="group">The group.</param>
    /// <param name="when">Where it may change.</param>
    /// <param name="value">The demand at a sample, made of what it was.</param>
    public static ReplayGroup With(ReplayGroup group, ChangeMoments when, Func<int, double[], double> value)
    {
        var before = group.Demand.Values.ToArray();
        var after = group.Demand.Values.ToArray();
        for (var t = when.First; t < when.Steps; t++)
        {
            after[t] = value(t, before);
        }

        return group with
        {
            Demand = group.Demand with { Values = after },
            Measured = Follow(group, before, after),
        };
    }

    /// <summary>What was spoilt before stays as it was said; the rest is measured as it is now.</summary>
    private static MeasuredDemand? Follow(ReplayGroup group, double[] before, double[] after)
    {
        if (group.Measured is not { } measured)
        {
            return null;
        }

        var work = measured.Work.ToArray();
        for (var t = 0; t < work.Length; t++)
        {
            work[t] = work[t].Equals(before[t]) ? after[t] : work[t];
        }

        return measured with { Work = work };
    }
}
