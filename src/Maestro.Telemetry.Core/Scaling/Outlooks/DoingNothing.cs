namespace Maestro.Telemetry.Scaling.Outlooks;

/// <summary>What a record says of the time ahead: the risk of doing nothing, and the forecast behind it.</summary>
internal static class DoingNothing
{
    /// <summary>A smaller probability is not told of.</summary>
    public const double Negligible = 0.01;

    // How finely missing units are added up, and up to how many.
    private const double Slice = 0.25;
    private const int MostSlices = 256;

    /// <summary>How short the committed capacity will be; null without an outlook.</summary>
    public static DecisionRisk? Of(GroupState state)
    {
        if (state.Outlook is not { } outlook)
        {
            return null;
        }

        var units = state.CommittedUnits;
        var last = outlook.ServedEnd;
        var worst = 0;
        var (most, hours) = (0.0, 0.0);
        for (var step = 0; step < last; step++)
        {
            var probability = outlook.Exceeds(step, units);
            hours += probability < Negligible ? 0 : Missing(outlook, step, units, probability) * outlook.Step.TotalHours;
            if (probability > most)
            {
                (most, worst) = (probability, step);
            }
        }

        var hard = outlook.Exceeds(worst, units * state.Policy.HardUtilization / state.Policy.TargetUtilization);
        if (most < Negligible)
        {
            return new(most, outlook.TimeOf(0), outlook.TimeOf(last), 0, 0, hard);
        }

        var (from, to) = Around(outlook, worst, last, units, most / 2);
        var missing = Missing(outlook, worst, units, most) / most;
        return new(most, outlook.TimeOf(from), outlook.TimeOf(to), missing, hours, hard);
    }

    /// <summary>The forecast that the group's decision rests on; null when there is none that may be relied on.</summary>
    public static ForecastFacts? Facts(GroupState state)
    {
        if (state.Outlook is not { } outlook)
        {
            return null;
        }

        var resource = DesiredCapacity.Binding(state.Need).Resource is { } binding && state.Forecasts.ContainsKey(binding)
            ? binding
            : state.Forecasts.Keys.First();
        var forecast = state.Forecasts[resource];
        var peak = Enumerable.Range(0, outlook.ServedEnd).MaxBy(s => outlook.Quantile(s, state.Quantile));
        return new()
        {
            Resource = resource,
            Model = forecast.Model,
            IssuedAt = forecast.IssuedAt,
            Verdict = forecast.Trust.Reason,
            Skill = Known(forecast.Trust.SkillVersusNaive),
            Coverage = Known(forecast.Trust.Coverage),
            Level = state.Quantile,
            MedianUnits = outlook.Quantile(peak, 0.5),
            UpperUnits = outlook.Quantile(peak, state.Quantile),
            PeakAt = outlook.TimeOf(peak),
        };
    }

    /// <summary>Which resources have no forecast that may be relied on, and why; null when all have.</summary>
    public static string? Problem(GroupState state) => state.ForecastProblems.IsEmpty
        ? null
        : string.Join("; ", state.ForecastProblems.Select(p => $"{Words.Of(p.Key)}: {p.Value}"));

    private static double? Known(double value) => double.IsFinite(value) ? value : null;

    // The expected units above the capacity: the probability to need yet more, added up.
    private static double Missing(DemandOutlook outlook, int step, double units, double probability)
    {
        var missing = 0.0;
        for (var i = 0; i < MostSlices; i++)
        {
            var more = outlook.Exceeds(step, units + ((i + 0.5) * Slice));
            missing += more * Slice;
            if (more < probability * Negligible)
            {
                break;
            }
        }

        return missing;
    }

    private static (int From, int To) Around(DemandOutlook outlook, int worst, int last, double units, double least)
    {
        var (from, to) = (worst, worst + 1);
        while (from > 0 && outlook.Exceeds(from - 1, units) >= least)
        {
            from--;
        }

        while (to < last && outlook.Exceeds(to, units) >= least)
        {
            to++;
        }

        return (from, to);
    }
}
