using static System.FormattableString;

namespace Maestro.Telemetry.Scaling;

/// <summary>Says a decision record in sentences.</summary>
public static class DecisionSentences
{
    /// <summary>What was decided, why, what it rests on, and what else was considered; one sentence each.</summary>
    public static IReadOnlyList<string> Explain(DecisionRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        List<string> sentences =
        [
            record.Sentence,
            $"Reason {ReasonCodes.ToCode(record.Reason)}: {ReasonCodes.Describe(record.Reason)}",
            Invariant($"It has {record.Members} members, {record.CommittedUnits:F1} units of capacity committed, ")
                + Invariant($"and needs {record.WantedUnits:F1} units; {record.Binding} asks for most."),
        ];
        sentences.AddRange(record.Terms.OrderByDescending(t => t.Units).Select(Term));
        sentences.AddRange(record.Steps.Select(Step));
        sentences.Add(Telemetry(record));
        sentences.Add(record.ForecastModel is { } model
            ? $"The forecast comes from the model {model}."
            : "No forecast was used.");
        if (record.LatestSafeStart is { } start)
        {
            var late = record.Time - start;
            sentences.Add(late > TimeSpan.Zero
                ? Invariant($"The next SGM should have been started by {Words.Clock(start)}: {late.TotalMinutes:F0} min late.")
                : $"The next SGM must be started by {Words.Clock(start)} to serve in time.");
        }

        sentences.AddRange(record.Alternatives);
        if (record.PolicyVersion is { } version)
        {
            sentences.Add($"It follows version {version} of the group's policy.");
        }

        return sentences;
    }

    private static string Term(DecisionTerm term) =>
        Invariant($"{term.Source} asks for {term.Units:F1} units: {Words.Because(term)}.");

    private static string Step(DecisionStep step) =>
        Invariant($"{step.Rule}: {step.In:F1} to {step.Out:F1} units")
            + (step.Note is null ? "." : $", {step.Note}.");

    private static string Telemetry(DecisionRecord record) =>
        record.TelemetryAge is { } age
            ? Invariant($"The newest sample was {age.TotalSeconds:F0} s old, and ")
                + Invariant($"{record.TelemetryCoverage * 100:F0} % of the ACTIVE members had fresh samples.")
            : "No member had sent a sample.";
}
