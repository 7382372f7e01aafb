using System.Text.Json.Serialization.Metadata;
using Maestro.Telemetry.Forecasting.Errors;

namespace Maestro.Telemetry.Forecasting.Models;

/// <summary>
/// Fits models that expect one path. Errors are forward-chained: the history is cut a few times; each part is forecast
/// with what was learned from those before it, following the series value by value in between.
/// </summary>
internal static class PointFit
{
    /// <param name="name">The name of the model.</param>
    /// <param name="series">What is learned from.</param>
    /// <param name="values">Its learnable values.</param>
    /// <param name="period">The seasonal period that is learned, or 1.</param>
    /// <param name="cuts">Where the parts begin, ascending; the first is the fewest values that are learned from.</param>
    /// <param name="learn">Learns from the first so many values, and knows what there is to know after them.</param>
    /// <param name="json">How it is written.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static FitResult Fit<TState>(
        string name,
        TrainingSeries series,
        double[] values,
        int period,
        int[] cuts,
        Func<int, IRolling<TState>> learn,
        JsonTypeInfo<PointState<TState>> json,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var scale = ErrorScale.Of(values, period, series.Bounds);
        var paths = new ForwardPaths(values, cuts, learn, scale);

        // Within less than two days demand rises for hours and falls for hours: what it did last is no tendency.
        var mirrored = period == 1 && series.Periods is [var day, ..] && values.Length < 2 * day;
        var errors = ErrorTableBuilder.Build(values, paths, series.MaxHorizon, mirrored, cancellationToken);
        var rolling = learn(values.Length);
        return FitResult.Of(new FittedPoint<TState>(
            new()
            {
                Model = name,
                Knows = rolling.Save(),
                Scale = scale,
                Bounds = series.Bounds,
                Errors = errors,
            },
            rolling,
            json));
    }

    /// <summary>Where the parts of a history begin: evenly from the first place on.</summary>
    public static int[] Cuts(int first, int count, int parts)
    {
        var cuts = new List<int>();
        for (var part = 0; part < parts; part++)
        {
            var cut = first + (int)((long)(count - first) * part / parts);
            if (cut < count && (cuts.Count == 0 || cut > cuts[^1]))
            {
                cuts.Add(cut);
            }
        }

        return [.. cuts];
    }
}
