using System.Collections.Immutable;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Series;
using static System.FormattableString;

namespace Maestro.Telemetry.Scaling.Guards;

/// <summary>Holds a forecast against what has been: the demand of the last weeks, the demand now, the forecasts before.</summary>
internal static class ForecastClamp
{
    /// <summary>
    /// The forecast, with no value above one and a half times the highest demand of the last 28 days, nor above what the
    /// uplinks of the group can receive.
    /// </summary>
    /// <param name="forecast">The forecast; sound.</param>
    /// <param name="telemetry">What is measured of the group; null when nothing is.</param>
    /// <param name="lineRate">Bits per second that its uplinks can receive; null when that is not known.</param>
    public static DemandForecast Cap(DemandForecast forecast, GroupTelemetry? telemetry, double? lineRate)
    {
        var highest = telemetry?.Highest.GetValueOrDefault(forecast.Resource) ?? 0;
        var now = TelemetryRules.Measured(telemetry, forecast.Resource) ?? 0;

        // What is measured now is part of what has been, also while the roll-ups are behind.
        var cap = highest > 0 ? Math.Max(highest, now) * GuardRules.ForecastCap : double.PositiveInfinity;
        if (forecast.Resource == Resource.BitsPerSecond && lineRate is { } rate)
        {
            // More than the line can carry was stated wrong, and is no reason to plan for less than there is.
            cap = Math.Min(cap, Math.Max(rate, Math.Max(highest, now)));
        }

        return Exceeds(forecast.PathMaximum.Span, cap) || Exceeds(forecast.Marginal.Span, cap)
            ? forecast with { PathMaximum = Capped(forecast.PathMaximum, cap), Marginal = Capped(forecast.Marginal, cap) }
            : forecast;
    }

    /// <summary>What speaks against a sound forecast, to follow a colon; null when nothing does.</summary>
    /// <param name="forecast">The forecast; sound.</param>
    /// <param name="known">Forecasts of the same, newest first.</param>
    /// <param name="measured">The demand now; null when it is unknown.</param>
    /// <param name="unit">What one reference SGM carries.</param>
    /// <param name="now">The time of the plan.</param>
    public static string? Contradiction(
        DemandForecast forecast,
        ImmutableArray<DemandForecast> known,
        double? measured,
        double unit,
        DateTimeOffset now)
    {
        if (measured is { } demand && IsStuck(forecast, demand))
        {
            return "the forecast is one and the same value, which is not what is measured";
        }

        foreach (var before in known.Where(f =>
            f.IssuedAt < forecast.IssuedAt
            && forecast.IssuedAt - f.IssuedAt <= GuardRules.ForecastCompareWithin
            && f.Trust.Trusted
            && ForecastRules.IsSound(f)))
        {
            if (Jump(before, forecast, measured, unit, now) is var (old, next))
            {
                return Invariant($"the forecast went from {old / unit:F1} to {next / unit:F1} units since ")
                    + $"{Words.Clock(before.IssuedAt)}, and demand has not followed";
            }
        }

        return null;
    }

    // The level of the next hour in both, when they are too far apart and the demand now is nearer to the old one.
    private static (double Old, double New)? Jump(
        DemandForecast before, DemandForecast forecast, double? measured, double unit, DateTimeOffset now)
    {
        if (before.Start + (before.Step * before.Steps) < now + GuardRules.ForecastCompareAhead
            || Level(before, now) is not { } old
            || Level(forecast, now) is not { } next)
        {
            return null;
        }

        var jumps = Math.Abs(next - old) > GuardRules.ForecastStepChange * old
            && Math.Abs(next - old) > GuardRules.ForecastLeastStep * unit;
        if (!jumps || (measured is { } demand && Math.Abs(demand - next) <= Math.Abs(demand - old)))
        {
            return null;
        }

        return (old, next);
    }

    private static double? Level(DemandForecast forecast, DateTimeOffset now)
    {
        var first = ForecastQuantiles.StepBefore(forecast, now);
        var last = ForecastQuantiles.StepBefore(forecast, now + GuardRules.ForecastCompareAhead);
        double sum = 0;
        for (var step = first; step <= last; step++)
        {
            sum += ForecastQuantiles.Marginal(forecast, step, 0.5);
        }

        return sum / (last - first + 1);
    }

    private static bool IsStuck(DemandForecast forecast, double measured)
    {
        var value = forecast.Marginal.Span[0];
        return forecast.Steps > 1
            && !forecast.Marginal.Span.ContainsAnyExcept(value)
            && Math.Abs(measured - value) > GuardRules.ConstantTolerance * Math.Max(measured, value);
    }

    private static bool Exceeds(ReadOnlySpan<double> values, double cap)
    {
        foreach (var value in values)
        {
            if (value > cap)
            {
                return true;
            }
        }

        return false;
    }

    private static double[] Capped(ReadOnlyMemory<double> values, double cap)
    {
        var capped = values.ToArray();
        for (var i = 0; i < capped.Length; i++)
        {
            capped[i] = Math.Min(capped[i], cap);
        }

        return capped;
    }
}
