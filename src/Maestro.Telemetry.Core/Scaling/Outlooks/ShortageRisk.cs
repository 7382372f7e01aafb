namespace Maestro.Telemetry.Scaling.Outlooks;

/// <summary>How short a group will be with so much capacity, in the time in which an SGM ordered now would help.</summary>
internal sealed class ShortageRisk
{
    /// <summary>A unit that is needed with a smaller probability is not counted.</summary>
    private const double Negligible = 1e-9;

    private const int MostUnits = 64;

    private readonly DemandOutlook? _outlook;
    private readonly double _step;
    private readonly double _certain;
    private readonly double _survive;

    private ShortageRisk(GroupState state)
    {
        _outlook = state.Outlook;
        _step = state.Ladder.Committed == 0 ? 1 : Math.Max(1e-3, state.Ladder[state.Ladder.Committed] / state.Ladder.Committed);
        _certain = DesiredCapacity.CertainUnits(state.Need);
        _survive = state.Need.SurviveUnits is { } left
            ? left + GroupNeed.Heaviest([.. state.Committed.Select(g => g.Model.Weight)], state.Policy.SurviveFailures)
            : 0;
    }

    /// <summary>How short a group will be.</summary>
    public static ShortageRisk Of(GroupState state) => new(state);

    /// <summary>The unit-hours that are expected to be missing; they fall with the units, ever more slowly.</summary>
    public double UnitHours(double units)
    {
        var reactive = Math.Max(0, Math.Max(_certain, _survive) - units);
        if (_outlook is not { } outlook)
        {
            return reactive * DemandOutlook.ServedWindow.TotalHours;
        }

        var total = 0.0;
        for (var step = outlook.LeadStep; step < outlook.ServedEnd; step++)
        {
            total += Math.Max(reactive, Expected(outlook, step, units));
        }

        return total * outlook.Step.TotalHours;
    }

    /// <summary>The largest probability, over these intervals, that so many units do not do.</summary>
    public double Probability(double units)
    {
        if (_outlook is not { } outlook)
        {
            return _certain > units ? 1 : 0;
        }

        var most = _certain > units ? 1.0 : 0;
        for (var step = outlook.LeadStep; step < outlook.ServedEnd; step++)
        {
            most = Math.Max(most, outlook.Exceeds(step, units));
        }

        return most;
    }

    private double Expected(DemandOutlook outlook, int step, double units)
    {
        var missing = 0.0;
        for (var unit = 0; unit < MostUnits; unit++)
        {
            var probability = outlook.Exceeds(step, units + (unit * _step));
            if (probability < Negligible)
            {
                break;
            }

            missing += probability * _step;
        }

        return missing;
    }
}
