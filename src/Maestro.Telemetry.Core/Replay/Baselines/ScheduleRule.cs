namespace Maestro.Telemetry.Replay.Baselines;

/// <summary>
/// A timetable that somebody wrote from the history: the mean of each hour, working days and weekends apart, plus a
/// margin. It is never changed, and units are ordered in time.
/// </summary>
/// <param name="utilization">Share of a unit that may be used, in (0, 1].</param>
/// <param name="margin">What the mean is multiplied by.</param>
public sealed class ScheduleRule(double utilization, double margin = 1.2) : IUnitPolicy
{
    private int[]? _units;

    public int Want(in UnitView view)
    {
        _units ??= Learn(view);
        var most = 1;
        for (var ahead = 0; ahead <= view.LeadSteps; ahead++)
        {
            most = Math.Max(most, _units[Slot(view.Now + (ahead * view.Step))]);
        }

        return most;
    }

    private int[] Learn(in UnitView view)
    {
        var (sums, counts) = (new double[48], new int[48]);
        for (var i = 0; i < view.FirstStep; i++)
        {
            if (!double.IsNaN(view.Work[i]))
            {
                var slot = Slot(view.Now - ((view.Index - i) * view.Step));
                sums[slot] += view.Work[i];
                counts[slot]++;
            }
        }

        var units = new int[48];
        for (var slot = 0; slot < units.Length; slot++)
        {
            units[slot] = counts[slot] == 0 ? 1 : RequiredUnits.Of(margin * sums[slot] / counts[slot], utilization);
        }

        return units;
    }

    private static int Slot(DateTimeOffset time) =>
        time.Hour + (time.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 24 : 0);
}
