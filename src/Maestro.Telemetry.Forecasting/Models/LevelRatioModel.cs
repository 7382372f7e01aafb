using Maestro.Telemetry.Forecasting.Errors;

namespace Maestro.Telemetry.Forecasting.Models;

/// <summary>
/// Level times median seasonal ratio. The profile is the median, by slot of day (from the third week on also of week),
/// of demand relative to its level; what the last hour and the last value deviate from it fades with the horizon, at a
/// speed learned from the series. Intervals are empirical quantiles of what the same forecasts missed by in the past,
/// for each step and for the maximum up to it. Below one and a half days there is no profile: the level persists.
/// </summary>
public sealed class LevelRatioModel : IForecastModel
{
    public const string ModelName = "level-ratio";

    /// <summary>Fewer known values than this are refused.</summary>
    internal const int FewestValues = 24;

    /// <summary>About how many past forecasts errors are measured on.</summary>
    private const int WantedOrigins = 1_600;

    /// <summary>Stretches that carry-over is cross-fitted on.</summary>
    private const int Folds = 4;

    public string Name => ModelName;

    public FitResult Fit(TrainingSeries series, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var values = series.Learnable();
        var known = values.Count(value => !double.IsNaN(value));
        if (known < FewestValues)
        {
            return FitResult.Refused($"{known} known values; {ModelName} needs {FewestValues}");
        }

        if (Array.Exists(values, static value => value < 0))
        {
            return FitResult.Refused($"the series has negative values, and {ModelName} works with ratios");
        }

        var shape = SeasonShape.For(series.Periods, values.Length);
        var tracker = new LevelTracker(shape);
        var points = new LevelPoint[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            points[i] = tracker.Step(values[i]);
        }

        var bounds = series.Bounds with { Lowest = Math.Max(0, series.Lowest) };
        var origins = Origins(points, shape);
        var carryOver = CarryOverFit.Learn(values, origins, static _ => true, series.MaxHorizon);
        cancellationToken.ThrowIfCancellationRequested();
        var errors = ErrorTableBuilder.Build(
            values,
            new LevelRatioPaths(origins, CrossFit(values, origins, series.MaxHorizon)),
            series.MaxHorizon,
            cancellationToken);
        return FitResult.Of(new FittedLevelRatio(tracker, points[^1], carryOver, errors, bounds));
    }

    public IFittedModel Restore(string json) => new FittedLevelRatio(
        ModelJson.Read(json, ModelJson.Default.LevelRatioState, ModelName, static state => state.Model));

    /// <summary>
    /// Past moments to forecast from: none before there is a profile, and an odd number of steps apart, so that they
    /// fall on all times of the hour.
    /// </summary>
    private static List<LevelPoint> Origins(LevelPoint[] points, SeasonShape shape)
    {
        var first = shape.Slots == 1 ? Math.Min(points.Length / 4, shape.Cycle) : shape.Cycle;
        var stride = Math.Max(1, (points.Length - first) / WantedOrigins) | 1;
        var origins = new List<LevelPoint>((points.Length / stride) + 1);
        for (var i = first; i < points.Length - 1; i += stride)
        {
            origins.Add(points[i]);
        }

        return origins;
    }

    /// <summary>Carry-over for each stretch, learned from those before it (for the first, from the second).</summary>
    private static CarryOver[] CrossFit(double[] values, List<LevelPoint> origins, int longest)
    {
        var folds = new CarryOver[Folds];
        for (var fold = 0; fold < Folds; fold++)
        {
            var target = fold;
            folds[fold] = CarryOverFit.Learn(values, origins, Use, longest);

            bool Use(int path)
            {
                var of = LevelRatioPaths.FoldOf(path, origins.Count, Folds);
                return target == 0 ? of == 1 : of < target;
            }
        }

        return folds;
    }
}
