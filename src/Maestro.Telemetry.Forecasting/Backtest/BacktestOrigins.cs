namespace Maestro.Telemetry.Forecasting.Backtest;

/// <summary>Where the forecasts of a backtest start.</summary>
internal static class BacktestOrigins
{
    private const double MostMissing = 0.3;

    /// <summary>The origins that can be judged, ascending, and how many could not.</summary>
    /// <exception cref="ArgumentException">The series is too short for the horizon.</exception>
    public static (int[] Origins, int Skipped) Of(ReadOnlySpan<double> values, int horizon, BacktestOptions options)
    {
        var last = values.Length - horizon;
        if (last < 2)
        {
            throw new ArgumentException(
                $"The series has {values.Length} values, too few to forecast {horizon} steps and see what followed.");
        }

        var origins = new SortedSet<int>();
        var first = Math.Min(last, Math.Max(2, values.Length / 2));
        for (var i = 0; i < options.Origins; i++)
        {
            var origin = options.Stride > 0 ? last - (i * (long)options.Stride)
                : options.Origins == 1 ? last
                : (int)Math.Round(first + (i * (double)(last - first) / (options.Origins - 1)));
            if (origin >= 2)
            {
                origins.Add((int)origin);
            }
        }

        var kept = new List<int>();
        foreach (var origin in origins)
        {
            if (Missing(values.Slice(origin, horizon)) <= MostMissing * horizon)
            {
                kept.Add(origin);
            }
        }

        return ([.. kept], origins.Count - kept.Count);
    }

    private static int Missing(ReadOnlySpan<double> values)
    {
        var missing = 0;
        foreach (var value in values)
        {
            missing += double.IsNaN(value) ? 1 : 0;
        }

        return missing;
    }
}
