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
        var errors = new float[count * steps];
        for (var path = 0; path < count; path++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var moment = first + (int)((long)path * (last - first) / count);
            Measure(reader, moment, errors.AsSpan(path * steps, steps));
        }

        return PathRanks.Of(errors, steps);
    }

    private static void Measure(StepReader reader, int moment, Span<float> errors)
    {
        var autoregression = reader.Autoregression(moment, errors.Length);
        for (var step = 0; step < errors.Length; step++)
        {
            var at = moment + 1 + step;
            if (at >= reader.Tracks.Count || double.IsNaN(reader.Tracks.Values[at]))
            {
                errors[step] = float.NaN;
                continue;
            }

            var known = autoregression.Length > 0 ? autoregression[step] : double.NaN;
            var (centre, size) = reader.Read(moment, step + 1, known);
            errors[step] = (float)((reader.Tracks.Values[at] - centre) / size);
        }
    }
}
