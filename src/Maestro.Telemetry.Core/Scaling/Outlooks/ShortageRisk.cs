namespace Maestro.Telemetry.Scaling.Outlooks;

/// <summary>How short a group will be with so much capacity, in the time in which an SGM ordered now would help.</summary>
internal sealed class ShortageRisk
{
    /// <summary>The time that is looked at, from when an SGM ordered now serves.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(2);

    /// <summary>A unit that is needed with a smaller probability is not counted.</summary>
    private const double Negligible = 1e-9;

    private const int MostUnits = 64;

    private readonly DemandOutlook? _outlook;
    private readonly double _step;
    private readonly double _certain;
    private readonly double _survive;

    /// <param name="state">The group.</param>
    /// <param name="certainUnits">Reference SGMs that it needs whatever the forecast says.</param>
    public ShortageRisk(GroupState state, double certainUnits)
    {
        _outlook = state.Outlook;
        _step = state.Ladder.Committed == 0 ? 1 : Math.Max(1e-3, state.Ladder[state.Ladder.Committed] / state.Ladder.Committed);
        _certain = certainUnits;
        _survive = state.Need.SurviveUnits is { } left
            ? left + GroupNeed.Heaviest([.. state.Committed.Select(g => g.Model.Weight)], state.Policy.SurviveFailures)
            : 0;
    }

    /// <summary>The unit-hours that are expected to be missing; they fall with the units, ever more slowly.</summary>
    public double UnitHours(double units)
    {
        var reactive = Math.Max(0, Math.Max(_certain, _survive) - units);
        if (_outlook is not { } outlook)
        {
            return reactive * Window.TotalHours;
        }

        var total = 0.0;
        var last = Math.Min(outlook.Steps, outlook.LeadStep + (int)Math.Ceiling(Window / outlook.Step));
        for (var step = outlook.LeadStep; step < last; step++)
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
        var last = Math.Min(outlook.Steps, outlook.LeadStep + (int)Math.Ceiling(Window / outlook.Step));
        for (var step = outlook.LeadStep; step < last; step++)
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
