namespace Maestro.Telemetry.Replay.Baselines;

/// <summary>
/// One unit more above a threshold, one less below another, by the mean utilization of the units that serve: the rule of
/// scale sets, with CloudGuard's thresholds by default. After a change it waits.
/// </summary>
/// <param name="above">Utilization above which one is added.</param>
/// <param name="below">Utilization below which one is removed.</param>
/// <param name="cooldown">Time after a change before the next.</param>
public sealed class ThresholdRule(double above, double below, TimeSpan cooldown) : IUnitPolicy
{
    private DateTimeOffset? _changed;

    /// <summary>80 and 60 %, one window and a cooldown of five minutes.</summary>
    public static ThresholdRule CloudGuard() => new(0.8, 0.6, TimeSpan.FromMinutes(5));

    public int Want(in UnitView view)
    {
        var utilization = view.Work[^1] / view.Serving;
        var change = utilization > above ? 1 : utilization < below && view.Committed > 1 ? -1 : 0;
        if (change == 0 || view.Now - _changed <= cooldown)
        {
            return view.Committed;
        }

        _changed = view.Now;
        return view.Committed + change;
    }
}
