namespace Maestro.Telemetry.Forecasts;

/// <summary>Reads quantiles out of a forecast, between its levels too.</summary>
public static class ForecastQuantiles
{
    /// <summary>The quantile of the demand in one interval.</summary>
    /// <param name="forecast">The forecast; with at least one level.</param>
    /// <param name="step">The interval, from 0.</param>
    /// <param name="level">In (0, 1). Outside the forecast's levels its outermost level is taken.</param>
    public static double Marginal(DemandForecast forecast, int step, double level) =>
        Interpolate(forecast.Levels, Row(forecast, forecast.Marginal, step), level);

    /// <summary>The quantile of the largest demand from the first interval up to and including <paramref name="step"/>.</summary>
    /// <inheritdoc cref="Marginal"/>
    public static double PathMaximum(DemandForecast forecast, int step, double level) =>
        Interpolate(forecast.Levels, Row(forecast, forecast.PathMaximum, step), level);

    /// <summary>The last interval that begins before <paramref name="time"/>, within the forecast.</summary>
    public static int StepBefore(DemandForecast forecast, DateTimeOffset time)
    {
        var steps = (long)Math.Ceiling((time - forecast.Start) / forecast.Step) - 1;
        return (int)Math.Clamp(steps, 0, forecast.Steps - 1);
    }

    private static ReadOnlySpan<double> Row(DemandForecast forecast, ReadOnlyMemory<double> matrix, int step) =>
        matrix.Span.Slice(step * forecast.Levels.Count, forecast.Levels.Count);

    /// <summary>A quantile between those of the levels; outside them the outermost.</summary>
    internal static double Interpolate(IReadOnlyList<double> levels, ReadOnlySpan<double> row, double level)
    {
        var upper = 0;
        while (upper < levels.Count && levels[upper] < level)
        {
            upper++;
        }

        if (upper == 0 || upper == levels.Count)
        {
            return row[upper == 0 ? 0 : ^1];
        }

        var share = (level - levels[upper - 1]) / (levels[upper] - levels[upper - 1]);
        return row[upper - 1] + (share * (row[upper] - row[upper - 1]));
    }
}
