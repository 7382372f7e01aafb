using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Scaling.Guards;

/// <summary>
/// Which forecast of a resource counts: the newest, or the last one before it that may be relied on, and during a gap in
/// the telemetry the last trusted one from before the gap.
/// </summary>
internal static class ForecastChoice
{
    /// <summary>The forecast to grow on, and what keeps it from being one to shrink on; either may be null.</summary>
    public static (DemandForecast? Forecast, string? Problem) Of(
        PlannerInput input,
        DemandForecast? newest,
        SecurityGroupId id,
        Resource resource,
        GroupTelemetry? telemetry,
        TelemetryVerdict verdict)
    {
        var known = input.Earlier.Of(id, resource);
        var lineRate = input.Fabric.Find(id)?.LineRate;
        if (verdict.Since is { } gap)
        {
            var before = (newest is null ? known : known.Insert(0, newest)).FirstOrDefault(f =>
                f.IssuedAt <= gap && ForecastRules.Problem(f, input.Now, anyAge: true) is null);
            return (
                before is null ? null : ForecastClamp.Cap(before, telemetry, lineRate),
                "it is not measured what became of it");
        }

        var measured = TelemetryRules.Measured(telemetry, resource);
        var unit = DesiredCapacity.UnitCapacity(input, resource);
        var problem = ForecastRules.Problem(newest, input.Now)
            ?? ForecastClamp.Contradiction(newest!, known, measured, unit, input.Now);
        if (problem is null)
        {
            return (ForecastClamp.Cap(newest!, telemetry, lineRate), null);
        }

        var last = known.FirstOrDefault(f =>
            !(f.IssuedAt >= newest?.IssuedAt)
            && ForecastRules.Problem(f, input.Now) is null
            && ForecastClamp.Contradiction(f, known, measured, unit, input.Now) is null);
        return (last is null ? null : ForecastClamp.Cap(last, telemetry, lineRate), problem);
    }
}
