using static System.FormattableString;

namespace Maestro.Telemetry.Forecasting.Runways;

/// <summary>Runways for people: a date is never said without what it may be instead.</summary>
internal static class RunwaySentences
{
    public static string Say(string who, string what, RunwayEstimate estimate, double limit, RunwayOptions options) =>
        estimate.Status switch
        {
            RunwayStatus.TooShort => Invariant($"{who}: {estimate.WeeksNeeded} whole weeks of history are needed, and there ")
                + Invariant($"{(estimate.Weeks == 1 ? "is" : "are")} {estimate.Weeks}."),
            RunwayStatus.Reached =>
                $"{who} has reached {what}: its weekly peak is at {Share(estimate.Level / limit)} of it.",
            RunwayStatus.NoGrowth => $"{who} does not grow in a way that can be told from chance{Growth(estimate, limit)}."
                + (estimate.Earliest is { } at ? $" If it does, {what} is not reached before {Day(at)}." : string.Empty),
            RunwayStatus.Far => $"{who} grows{Growth(estimate, limit)}, and does not reach {what} within "
                + Invariant($"{estimate.TellsAhead.TotalDays / 365:0.#} years; ")
                + Invariant($"{estimate.Weeks} weeks of history tell no further."),
            _ => $"{who} reaches {what} about {Day(estimate.Reaches!.Value)}, {Between(estimate)}{Growth(estimate, limit)}."
                + Doubt(estimate, options),
        };

    private static string Between(RunwayEstimate estimate) => estimate.Latest is { } latest
        ? $"between {Day(estimate.Earliest!.Value)} and {Day(latest)}"
        : $"not before {Day(estimate.Earliest!.Value)} and maybe much later";

    private static string Growth(RunwayEstimate estimate, double limit) =>
        $" (weekly peak {Share(estimate.Level / limit)} of it, {Signed(estimate.PerWeek / limit)} a week, between "
            + $"{Signed(estimate.PerWeekLow / limit)} and {Signed(estimate.PerWeekHigh / limit)})";

    // A few weeks say little of a year: twice what is needed, or it is said.
    private static string Doubt(RunwayEstimate estimate, RunwayOptions options) =>
        estimate.Weeks < 2 * options.FewestWeeks
            ? Invariant($" That is from {estimate.Weeks} weeks only: look again in a month.")
            : string.Empty;

    private static string Share(double share) => Invariant($"{share * 100:0} %");

    private static string Signed(double share) => Invariant($"{share * 100:+0.00;-0.00;0} %");

    private static string Day(DateTimeOffset time) => Invariant($"{time.UtcDateTime:d MMM yyyy}");
}
