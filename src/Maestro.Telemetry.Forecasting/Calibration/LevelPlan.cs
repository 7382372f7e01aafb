namespace Maestro.Telemetry.Forecasting.Calibration;

/// <summary>Which levels to ask a model for so that those that are wanted can be corrected.</summary>
internal sealed class LevelPlan
{
    private static readonly double[] Needed = [0.1, 0.5, 0.9];

    public LevelPlan(IReadOnlyList<double> wanted)
    {
        QuantileLevels.Guard(wanted);
        Wanted = wanted;
        Asked = [.. wanted.Union(Needed).Order()];
        Low = Array.IndexOf(Asked, 0.1);
        Median = Array.IndexOf(Asked, 0.5);
        High = Array.IndexOf(Asked, 0.9);
        Picked = [.. wanted.Select(level => Array.IndexOf(Asked, level))];
        Places = [.. Asked.Select(TrackedLevels.Locate)];
    }

    /// <summary>The levels that the forecast is for.</summary>
    public IReadOnlyList<double> Wanted { get; }

    /// <summary>The wanted levels and those that a correction needs, ascending.</summary>
    public double[] Asked { get; }

    /// <summary>Where each wanted level is among the asked ones.</summary>
    public int[] Picked { get; }

    public int Low { get; }

    public int Median { get; }

    public int High { get; }

    /// <summary>Where each asked level is between the tracked ones.</summary>
    public (int Index, double Share)[] Places { get; }

    /// <summary>A tracker's terms at the asked levels; at the median, its shift.</summary>
    public double[] Terms(QuantileTracker tracker)
    {
        var terms = new double[Asked.Length];
        for (var i = 0; i < terms.Length; i++)
        {
            var (index, share) = Places[i];
            terms[i] = i == Median
                ? tracker.Terms[TrackedLevels.Median]
                : share == 0
                    ? tracker.Terms[index]
                    : tracker.Terms[index] + (share * (tracker.Terms[index + 1] - tracker.Terms[index]));
        }

        return terms;
    }
}
