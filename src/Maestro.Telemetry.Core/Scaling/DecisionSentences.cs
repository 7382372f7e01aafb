using static System.FormattableString;

namespace Maestro.Telemetry.Scaling;

/// <summary>Says a decision record in sentences.</summary>
public static class DecisionSentences
{
    /// <summary>
    /// What was decided and why, what happens if nothing is done, what it rests on, what else was considered, and why
    /// another group got an SGM; in this order, one sentence each.
    /// </summary>
    public static IReadOnlyList<string> Explain(DecisionRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return
        [
            record.Sentence,
            .. Why(record),
            .. RiskSentences.IfNothingIsDone(record),
            .. RestsOn(record),
            .. record.Alternatives,
            .. Lost(record),
        ];
    }

    /// <summary>Why another group got the SGM; nothing when none did.</summary>
    public static IEnumerable<string> Lost(DecisionRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Lost is not { } lost)
        {
            yield break;
        }

        yield return lost.WinnerPriority == lost.Priority
            ? $"SGM {lost.Serial} went to SG {lost.Winner}: both have priority {lost.Priority}, and then an SGM goes where "
                + "it takes away more of what is missing."
            : $"SGM {lost.Serial} went to SG {lost.Winner}, which has priority {lost.WinnerPriority} where "
                + $"SG {record.Group} has {lost.Priority}"
                + (lost.WinnerPriority < lost.Priority
                    ? "; the lower number is served first."
                    : "; a group below its minimum is served first, and one that only observes last.");
        yield return $"The need of SG {lost.Winner}: {lost.Need}";
    }

    private static IEnumerable<string> Why(DecisionRecord record)
    {
        yield return $"Reason {ReasonCodes.ToCode(record.Reason)}: {ReasonCodes.Describe(record.Reason)}";
        yield return Invariant($"It has {record.Members} members, {record.CommittedUnits:F1} units of capacity committed, ")
            + Invariant($"and needs {record.WantedUnits:F1} units; {record.Binding} asks for most.");
        foreach (var term in record.Terms.OrderByDescending(t => t.Units))
        {
            yield return Invariant($"{term.Source} asks for {term.Units:F1} units: {Words.Because(term)}.");
        }

        foreach (var step in record.Steps)
        {
            yield return Invariant($"{step.Rule}: {step.In:F1} to {step.Out:F1} units")
                + (step.Note is null ? "." : $", {step.Note}.");
        }
    }

    private static IEnumerable<string> RestsOn(DecisionRecord record)
    {
        yield return record.TelemetryAge is { } age
            ? Invariant($"The newest sample was {age.TotalSeconds:F0} s old, and ")
                + Invariant($"{record.TelemetryCoverage * 100:F0} % of the ACTIVE members had fresh samples.")
            : "No member had sent a sample.";
        yield return record.ForecastModel is { } model
            ? $"The forecast comes from the model {model}."
            : "No forecast was used.";
        if (record.Forecast is { } forecast)
        {
            yield return Invariant($"By it, the most is needed at {Words.Clock(forecast.PeakAt)}: {forecast.MedianUnits:F1} units ")
                + Invariant($"as likely as not, and at most {forecast.UpperUnits:F1} with {forecast.Level * 100:0.##} %.");
            yield return Judged(forecast);
        }

        if (record.ForecastProblem is { } problem)
        {
            yield return $"Not relied on, {problem}.";
        }

        if (record is { ModeOut: { } modeOut, ModeIn: { } modeIn })
        {
            yield return $"Adds: {Said(modeOut)}. Removals: {Said(modeIn)}.";
        }

        if (record.PolicyVersion is { } version)
        {
            yield return $"It follows version {version} of the group's policy.";
        }
    }

    private static string Judged(ForecastFacts forecast)
    {
        var skill = forecast.Skill is { } loss
            ? Invariant($"its error is {loss * 100:F0} % of that of repeating the last season")
            : "its error is not measured yet";
        var coverage = forecast.Coverage is { } share
            ? Invariant($"{share * 100:F0} % of the peaks stayed within what it promised")
            : "how often peaks stay within what it promises is not measured yet";
        return $"The gate says of it for {Words.Of(forecast.Resource)}: {forecast.Verdict.TrimEnd('.')}; {skill}, and {coverage}.";
    }

    private static string Said(ScalingMode mode) => mode switch
    {
        ScalingMode.Observe => "mode observe, only recorded",
        ScalingMode.Recommend => "mode recommend, proposed for approval",
        _ => "mode enforce, made without asking",
    };
}
