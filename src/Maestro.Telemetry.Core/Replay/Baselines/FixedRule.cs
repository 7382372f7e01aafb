namespace Maestro.Telemetry.Replay.Baselines;

/// <summary>As many units as the busiest sample of the history needed, at all times.</summary>
/// <param name="utilization">Share of a unit that may be used, in (0, 1].</param>
public sealed class FixedRule(double utilization) : IUnitPolicy
{
    private int? _units;

    public int Want(in UnitView view)
    {
        if (_units is null)
        {
            var most = 1;
            foreach (var work in view.Work[..view.FirstStep])
            {
                most = Math.Max(most, RequiredUnits.Of(work, utilization));
            }

            _units = most;
        }

        return _units.Value;
    }
}
