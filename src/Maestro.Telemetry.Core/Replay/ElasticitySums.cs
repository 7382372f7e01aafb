namespace Maestro.Telemetry.Replay;

/// <summary>Sums over samples, of which the metrics are made.</summary>
internal struct ElasticitySums
{
    private int _run;

    public int Samples { get; private set; }

    public int Under { get; private set; }

    public int Over { get; private set; }

    public double RelativeMissing { get; private set; }

    public double RelativeSurplus { get; private set; }

    public double Missing { get; private set; }

    public double Supply { get; private set; }

    /// <summary>Pairs of neighbours that are both known.</summary>
    public int Pairs { get; private set; }

    /// <summary>Pairs over which supply and demand moved in different directions.</summary>
    public int Apart { get; private set; }

    /// <summary>Samples at which one unit less would have been too few.</summary>
    public int Exposed { get; private set; }

    /// <summary>The longest shortage, in samples.</summary>
    public int LongestRun { get; private set; }

    /// <summary>The distance of the four shares from zero.</summary>
    public readonly double Deviation =>
        Samples == 0
            ? 0
            : Math.Sqrt(
                ((double)Under * Under) + ((double)Over * Over)
                + (RelativeMissing * RelativeMissing) + (RelativeSurplus * RelativeSurplus)) / Samples;

    /// <summary>Takes a sample and the one before; 0 units of demand are unknown.</summary>
    public void Take(int demand, int supply, int demandBefore, int supplyBefore)
    {
        if (demand == 0)
        {
            return;
        }

        Samples++;
        var missing = Math.Max(0, demand - supply);
        var surplus = Math.Max(0, supply - demand);
        Under += missing > 0 ? 1 : 0;
        Over += surplus > 0 ? 1 : 0;
        Missing += missing;
        RelativeMissing += (double)missing / demand;
        RelativeSurplus += (double)surplus / demand;
        Supply += supply;
        Exposed += supply - 1 < demand ? 1 : 0;
        _run = missing > 0 ? _run + 1 : 0;
        LongestRun = Math.Max(LongestRun, _run);
        if (demandBefore > 0)
        {
            Pairs++;
            Apart += Math.Sign(supply - supplyBefore) != Math.Sign(demand - demandBefore) ? 1 : 0;
        }
    }
}
