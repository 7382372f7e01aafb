using System.Collections.Immutable;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Series;
using static System.FormattableString;

namespace Maestro.Telemetry.Scaling.Guards;

/// <summary>
/// A fall of demand below what the forecast thought possible may be an outage, with a storm of retries behind it: for an
/// hour nothing is removed, and what was forecast before the fall counts as demand. Where less than half of that is there,
/// the outage goes on, whatever newer forecasts have learned of it, and the hour begins anew; for four hours at most.
/// </summary>
internal static class DipGuard
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMinutes(1);

    /// <summary>The demand to count with at least; null when the guard does not hold.</summary>
    public static double? HeldDemand(GroupState state, Resource resource) =>
        state.Guards.DipUntil is not null && state.Guards.DipDemand.TryGetValue(resource, out var held) ? held : null;

    /// <summary>Why nothing is removed: the guard holds, or the next sample may make it.</summary>
    public static Refusal? Why(GroupState state)
    {
        if (state.Guards is { DipUntil: null, DipSamples: 0 })
        {
            return null;
        }

        var end = state.Guards.DipUntil is { } until
            ? $"nothing is removed before {Words.Clock(until)}"
            : "the next sample decides";
        return new(
            ReasonCode.DipGuard,
            Invariant($"demand fell below the {GuardRules.DipQuantile * 100:F0} % quantile of the forecast, which may be ")
                + $"an outage; {end}");
    }

    /// <summary>Whether the guard holds now, and with what demand.</summary>
    /// <param name="input">All that the plan depends on.</param>
    /// <param name="telemetry">What is measured of the group; relied on by the caller's verdict.</param>
    /// <param name="memory">What was known in the last cycle.</param>
    /// <param name="isNew">True when a sample has come since.</param>
    public static (int Samples, DateTimeOffset? Since, DateTimeOffset? Until, ImmutableSortedDictionary<Resource, double> Demand)
        Read(PlannerInput input, GroupTelemetry? telemetry, GroupMemory? memory, bool isNew)
    {
        var running = memory?.DipUntil > input.Now;
        var held = running ? memory!.DipDemand : ImmutableSortedDictionary<Resource, double>.Empty;
        var since = running ? memory!.DipSince ?? input.Now : (DateTimeOffset?)null;
        var until = !running ? null
            : telemetry is not null && input.Now - since < GuardRules.DipLongest && IsOut(telemetry, held)
                ? input.Now + GuardRules.DipFreeze
                : memory!.DipUntil;
        var fallen = telemetry is null ? [] : Fallen(input, telemetry);
        var samples = fallen.Count == 0 ? 0 : Math.Min(
            GuardRules.DipSamples, (memory?.DipSamples ?? 0) + (isNew || memory?.DipSamples is null or 0 ? 1 : 0));
        if (samples < GuardRules.DipSamples)
        {
            return (samples, since, until, held);
        }

        foreach (var (resource, median) in fallen)
        {
            held = held.SetItem(resource, Math.Max(median, held.GetValueOrDefault(resource)));
        }

        return (samples, since ?? input.Now, input.Now + GuardRules.DipFreeze, held);
    }

    // Not by the forecast: a day's ebb does not halve what there was in an hour, and models learn an outage soon.
    private static bool IsOut(GroupTelemetry telemetry, ImmutableSortedDictionary<Resource, double> held) =>
        held.Any(h => TelemetryRules.Measured(telemetry, h.Key) < h.Value * GuardRules.DipOut);

    // The resources whose demand is too low to be true, and what was forecast of them.
    private static List<KeyValuePair<Resource, double>> Fallen(PlannerInput input, GroupTelemetry telemetry)
    {
        var fallen = new List<KeyValuePair<Resource, double>>();
        foreach (var resource in DesiredCapacity.LimitingResources(input))
        {
            if (TelemetryRules.Measured(telemetry, resource) is { } measured
                && Expected(input, telemetry, resource) is var (low, median)
                && measured < low
                && measured < median * (1 - GuardRules.DipLeastFall))
            {
                fallen.Add(new(resource, median));
            }
        }

        return fallen;
    }

    // By a forecast from before the two intervals that are measured: a newer one may have learned the fall already.
    private static (double Low, double Median)? Expected(
        PlannerInput input, GroupTelemetry telemetry, Resource resource)
    {
        var interval = telemetry.SampleInterval > ShortestInterval ? telemetry.SampleInterval : ShortestInterval;
        var from = input.Now - (2 * interval);
        var forecast = input.Earlier.Of(telemetry.Group, resource).FirstOrDefault(f => f.IssuedAt <= from);
        if (forecast is null || !forecast.Trust.Trusted || !ForecastRules.IsSound(forecast)
            || forecast.Start + (forecast.Step * forecast.Steps) < input.Now)
        {
            return null;
        }

        var first = ForecastQuantiles.StepBefore(forecast, from);
        var last = ForecastQuantiles.StepBefore(forecast, input.Now);
        var (low, median) = (double.MaxValue, double.MaxValue);
        for (var step = first; step <= last; step++)
        {
            low = Math.Min(low, Low(forecast, step));
            median = Math.Min(median, ForecastQuantiles.Marginal(forecast, step, 0.5));
        }

        return (low, median);
    }

    // A forecast without low quantiles is taken to be as wide below its median as above.
    private static double Low(DemandForecast forecast, int step) =>
        forecast.Levels[0] <= GuardRules.DipLowestUseful
            ? ForecastQuantiles.Marginal(forecast, step, GuardRules.DipQuantile)
            : (2 * ForecastQuantiles.Marginal(forecast, step, 0.5))
                - ForecastQuantiles.Marginal(forecast, step, 1 - GuardRules.DipQuantile);
}
