using Maestro.Telemetry.Forecasts;
using static System.FormattableString;

namespace Maestro.Telemetry.Scaling;

/// <summary>Which forecasts may be relied on.</summary>
internal static class ForecastRules
{
    /// <summary>What is wrong with a forecast, to follow a colon; null when it may be used.</summary>
    /// <param name="forecast">The forecast; null when there is none.</param>
    /// <param name="now">The time of the plan.</param>
    /// <param name="anyAge">True while nothing newer can be had.</param>
    public static string? Problem(DemandForecast? forecast, DateTimeOffset now, bool anyAge = false)
    {
        if (forecast is null)
        {
            return "there is no forecast yet";
        }

        if (!forecast.Trust.Trusted)
        {
            return $"the forecast is not trusted ({forecast.Trust.Reason})";
        }

        var age = now - forecast.IssuedAt;
        if (!anyAge && age > PlannerRules.ForecastMaxAge)
        {
            return Invariant($"the forecast is {age.TotalMinutes:F0} min old");
        }

        if (!IsWellFormed(forecast))
        {
            return "the forecast has no usable shape";
        }

        if (forecast.Start + (forecast.Step * forecast.Steps) <= now)
        {
            return "the forecast has ended";
        }

        return IsSane(forecast.PathMaximum.Span) && IsSane(forecast.Marginal.Span)
            ? null
            : "the forecast has a value that is not a number or below zero";
    }

    /// <summary>True when the forecast tells about the time up to <paramref name="until"/>, or nearly so.</summary>
    public static bool Reaches(DemandForecast forecast, DateTimeOffset until) =>
        forecast.Start + (forecast.Step * forecast.Steps) + PlannerRules.ForecastShortfall >= until;

    /// <summary>True when its numbers can be computed with, whatever they are worth.</summary>
    public static bool IsSound(DemandForecast forecast) =>
        IsWellFormed(forecast) && IsSane(forecast.PathMaximum.Span) && IsSane(forecast.Marginal.Span);

    private static bool IsWellFormed(DemandForecast forecast) =>
        forecast.Levels.Count > 0
        && forecast.Step > TimeSpan.Zero
        && forecast.Marginal.Length >= forecast.Levels.Count
        && forecast.Marginal.Length % forecast.Levels.Count == 0
        && forecast.PathMaximum.Length == forecast.Marginal.Length;

    private static bool IsSane(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (!double.IsFinite(value) || value < 0)
            {
                return false;
            }
        }

        return true;
    }
}
