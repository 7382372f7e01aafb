using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling.Guards;
using Maestro.Telemetry.Series;
using static System.FormattableString;

namespace Maestro.Telemetry.Scaling;

/// <summary>The ladder from fresh samples down to none. Missing is not zero, and zero is not always a measurement.</summary>
internal static class TelemetryRules
{
    /// <param name="telemetry">What is measured; null when nothing is.</param>
    /// <param name="members">Of the group, whatever their state.</param>
    /// <param name="memory">What was known in the last cycle: since when there is a gap.</param>
    /// <param name="now">The time of the plan.</param>
    public static TelemetryVerdict Judge(
        GroupTelemetry? telemetry, IReadOnlyCollection<Gateway> members, GroupMemory? memory, DateTimeOffset now)
    {
        var verdict = Judge(telemetry, members, now);
        if (verdict.Use != TelemetryUse.FloorsOnly)
        {
            return verdict;
        }

        // A gap begins with the newest sample, or when the samples that came ceased to be good for anything.
        var since = memory?.UnusableSince ?? now;
        since = telemetry?.NewestSample is { } newest && newest < since ? newest : since;
        var blind = now - since > GuardRules.BlindAfter;
        var problem = blind
            ? verdict.Problem! with
            {
                Sentence = verdict.Problem.Sentence
                    + Invariant($", and nothing has been usable for {(now - since).TotalMinutes:F0} min"),
            }
            : verdict.Problem;
        return verdict with { Problem = problem, Since = since, IsBlind = blind };
    }

    private static TelemetryVerdict Judge(
        GroupTelemetry? telemetry, IReadOnlyCollection<Gateway> members, DateTimeOffset now)
    {
        if (telemetry?.NewestSample is not { } newest)
        {
            return FloorsOnly(ReasonCode.NoTelemetry, "no sample of any member has arrived");
        }

        var age = now - newest;
        var interval = telemetry.SampleInterval;
        if (age > interval * PlannerRules.UsableIntervals)
        {
            return FloorsOnly(ReasonCode.Stale, Invariant($"the newest sample is {age.TotalSeconds:F0} s old"));
        }

        if (age < -PlannerRules.ClockSkew)
        {
            return FloorsOnly(
                ReasonCode.Stale, Invariant($"the newest sample is {-age.TotalSeconds:F0} s ahead of the clock"));
        }

        // Written so that NaN counts as no coverage.
        if (!(telemetry.Coverage >= PlannerRules.UsableCoverage))
        {
            return FloorsOnly(ReasonCode.LowCoverage, Covered(telemetry));
        }

        if (IsInvalidZero(telemetry, members))
        {
            return FloorsOnly(
                ReasonCode.InvalidZero, "the samples say zero while members are ACTIVE, which is not a measurement");
        }

        if (age > interval * PlannerRules.GoodIntervals)
        {
            return new(
                TelemetryUse.NoScaleIn,
                new(ReasonCode.Stale, Invariant($"the newest sample is {age.TotalSeconds:F0} s old")));
        }

        if (telemetry.UnchangedFor >= PlannerRules.Unchanged
            && telemetry.UnchangedFor >= interval * PlannerRules.UnchangedIntervals)
        {
            // Traffic is never the same twice. Growing on it is safe: it was the demand once.
            return new(
                TelemetryUse.NoScaleIn,
                new(
                    ReasonCode.Stale,
                    Invariant($"the samples say the same to the last digit for {telemetry.UnchangedFor.TotalMinutes:F0} min")));
        }

        return telemetry.Coverage >= PlannerRules.GoodCoverage
            ? TelemetryVerdict.Full
            : new(TelemetryUse.NoScaleIn, new(ReasonCode.LowCoverage, Covered(telemetry)));
    }

    /// <summary>The measured demand, with silent members as <see cref="ImputedDemand"/> has them; null when unknown.</summary>
    public static double? Measured(GroupTelemetry? telemetry, Resource resource) =>
        telemetry is not null
        && telemetry.Demand.TryGetValue(resource, out var value)
        && double.IsFinite(value)
        && value >= 0
            ? ImputedDemand.ForGrowth(value, telemetry.Coverage)
            : null;

    private static bool IsInvalidZero(GroupTelemetry telemetry, IReadOnlyCollection<Gateway> members)
    {
        if (telemetry.Demand.IsEmpty || !members.Any(m => m.State == MemberState.Active))
        {
            return false;
        }

        // An ACTIVE member always has some work: its own processes.
        return Measured(telemetry, Resource.CpuWork) is 0
            || telemetry.Demand.Keys.All(r => Measured(telemetry, r) is 0);
    }

    private static string Covered(GroupTelemetry telemetry) =>
        Invariant($"only {telemetry.Coverage * 100:F0} % of the ACTIVE members have fresh samples");

    private static TelemetryVerdict FloorsOnly(ReasonCode reason, string sentence) =>
        new(TelemetryUse.FloorsOnly, new(reason, sentence));
}
