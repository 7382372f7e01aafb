using static System.FormattableString;

namespace Maestro.Telemetry.Scaling;

/// <summary>Says what happens if nothing is done, and by when something must be.</summary>
internal static class RiskSentences
{
    // What is certain, or all but certain, is not said with a number that claims to know better.
    private const double AllButNever = 0.01;
    private const double AllButSure = 0.99;

    public static IEnumerable<string> IfNothingIsDone(DecisionRecord record)
    {
        var now = record.Terms
            .Where(t => t.Source == DesiredCapacity.Reactive)
            .Select(t => t.Units - record.CommittedUnits)
            .DefaultIfEmpty(0)
            .Max();
        if (now >= PlannerRules.DeadBandOut)
        {
            yield return Invariant($"By what is measured, {now:F1} units are short already.");
        }

        if (record.Risk is { } risk)
        {
            yield return Ahead(risk);
            if (risk.Probability >= AllButNever)
            {
                yield return Invariant($"That is {risk.ShortUnitHours:F1} unit-hours to be expected; ")
                    + $"the probability that the hard limit is passed is {Percent(risk.Overload)}.";
            }
        }
        else if (record.ForecastModel is null)
        {
            yield return "What happens if nothing is done is not known: there is no forecast that may be relied on.";
        }

        if (record.LatestSafeStart is { } start)
        {
            var late = record.Time - start;
            yield return late > TimeSpan.Zero
                ? Invariant($"The next SGM should have been started by {Words.Clock(start)}: {late.TotalMinutes:F0} min late.")
                : $"The next SGM must be started by {Words.Clock(start)} to serve in time.";
        }
    }

    private static string Ahead(DecisionRisk risk)
    {
        var span = Invariant($"between {risk.From.UtcDateTime:HH:mm} and {risk.Until.UtcDateTime:HH:mm} UTC");
        return risk.Probability < AllButNever
            ? $"If nothing is done, the committed capacity does {span}: the probability of a shortage is {Percent(risk.Probability)}."
            : Invariant($"If nothing is done, {risk.ShortUnits:F1} units are short {span} ")
                + $"with a probability of {Percent(risk.Probability)}.";
    }

    private static string Percent(double probability) => probability switch
    {
        < AllButNever => "less than 1 %",
        > AllButSure => "more than 99 %",
        _ => Invariant($"{probability * 100:F0} %"),
    };
}
