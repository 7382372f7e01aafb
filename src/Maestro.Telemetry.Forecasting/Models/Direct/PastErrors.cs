using Maestro.Telemetry.Forecasting.Errors;

namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>How errors of past forecasts hang together from step to step.</summary>
internal static class PastErrors
{
    /// <summary>Ranks of errors at every step, of forecasts from moments evenly spread over the history.</summary>
    /// <param name="reader">The fitted model.</param>
    /// <param name="steps">Steps of each forecast.</param>
    /// <param name="count">How many moments, at most.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static PathRanks Ranks(StepReader reader, int steps, int count, CancellationToken cancellationToken)
    {
        var tracks = reader.Tracks;
        var first = Math.Max(tracks.Day + (tracks.Day / 4), reader.Lags);

        // Whole paths where there are enough of them; else the last ones break off, and go on with the rank they had.
        var last = Math.Max(tracks.Count - 1 - steps, first + ((tracks.Count - 1 - first) / 2));
        count = Math.Min(count, last - first);
        var moments = new int[count];
        var autoregressions = new double[count][];
        for (var path = 0; path < count; path++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            moments[path] = first + (int)((long)path * (last - first) / count);
            autoregressions[path] = reader.Autoregression(moments[path], steps);
        }

        var errors = new float[count * steps];
        for (var step = 0; step < steps; step++)
        {
            for (var path = 0; path < count; path++)
            {
                var autoregression = autoregressions[path].Length > 0 ? autoregressions[path][step] : double.NaN;
                errors[(path * steps) + step] = Error(reader, moments[path], step + 1, autoregression);
            }
        }

        return PathRanks.Of(errors, steps);
    }

    /// <summary>In expected sizes; NaN when the value is not known.</summary>
    private static float Error(StepReader reader, int moment, int horizon, double autoregression)
    {
        var at = moment + horizon;
        if (at >= reader.Tracks.Count || double.IsNaN(reader.Tracks.Values[at]))
        {
            return float.NaN;
        }

        var (centre, size) = reader.Read(moment, horizon, autoregression);
        return (float)((reader.Tracks.Values[at] - centre) / size);
    }
}
