using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;
using static System.FormattableString;

namespace Maestro.Telemetry.Scaling;

/// <summary>The ladder from fresh samples down to none. Missing is not zero, and zero is not always a measurement.</summary>
internal static class TelemetryRules
{
    public static TelemetryVerdict Judge(
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

        return telemetry.Coverage >= PlannerRules.GoodCoverage
            ? TelemetryVerdict.Full
            : new(TelemetryUse.NoScaleIn, new(ReasonCode.LowCoverage, Covered(telemetry)));
    }

    /// <summary>The measured demand; null when it is unknown.</summary>
    public static double? Measured(GroupTelemetry? telemetry, Resource resource) =>
        telemetry is not null
        && telemetry.Demand.TryGetValue(resource, out var value)
        && double.IsFinite(value)
        && value >= 0
            ? value
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
