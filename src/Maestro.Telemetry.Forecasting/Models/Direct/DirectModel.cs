using Maestro.Telemetry.Forecasting.Metrics;

namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>
/// Direct multi-horizon robust regression: for each horizon its own regression of the median, on what was known at the
/// origin (profiles of the day, the week and the hour, levels, what has lately been above or below the profile, and the
/// forecast of a long autoregression), with intervals from what the same regressions missed by in the past.
/// </summary>
/// <remarks>
/// Direct multi-horizon forecasting: Chevillon 2007, "Direct multi-step estimation and forecasting", Journal of Economic
/// Surveys 21:746-785, https://doi.org/10.1111/j.1467-6419.2007.00518.x. Stacking: Wolpert 1992, "Stacked
/// generalization", Neural Networks 5:241-259, https://doi.org/10.1016/S0893-6080(05)80023-1.
/// </remarks>
public sealed class DirectModel : IForecastModel
{
    public const string ModelName = "direct";
    public const string LiteName = "direct-lite";

    /// <summary>Below this nothing can be divided by it; such a series is all zeros in effect.</summary>
    private const double SmallestScale = 1e-290;

    private readonly DirectProfile _profile;

    /// <summary>The default profile: as good as it gets.</summary>
    public DirectModel()
        : this(DirectProfile.Full)
    {
    }

    internal DirectModel(DirectProfile profile) => _profile = profile;

    /// <summary>The profile for thousands of series: a tenth of the work, and a little less exact.</summary>
    public static DirectModel Lite { get; } = new(DirectProfile.Lite);

    public string Name => _profile.Name;

    public FitResult Fit(TrainingSeries series, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (series.Periods.Count == 0)
        {
            return FitResult.Refused($"no season is known; {Name} needs one");
        }

        var values = series.Learnable();
        var layout = SeasonLayout.For(series, values.Length);
        if (values.Length < 2 * layout.Day)
        {
            return FitResult.Refused($"{values.Length} steps of history; {Name} needs two seasons of {layout.Day}");
        }

        LevelShift.Find(values, layout)?.Apply(values);
        var known = Known(values);
        return known.Length * 2 < values.Length
            ? FitResult.Refused($"{known.Length} of {values.Length} values are known; {Name} needs half of them")
            : Fit(series, layout, values, known, cancellationToken);
    }

    public IFittedModel Restore(string json) =>
        new FittedDirect(ModelJson.Read(json, ModelJson.Default.DirectState, Name, static state => state.Model));

    private FitResult Fit(
        TrainingSeries series, SeasonLayout layout, double[] values, double[] known, CancellationToken cancellationToken)
    {
        var filter = OutlierFilter.Learn(values, layout.Day);
        var tracks = new SeriesTracks(layout);
        var outliers = new List<int>();
        for (var t = 0; t < values.Length; t++)
        {
            var isOutlier = filter.IsOutlier(values, t);
            tracks.Append(values[t], isOutlier);
            if (isOutlier)
            {
                outliers.Add(t);
            }
        }

        var scale = Scale(tracks.Cleaned.Span, layout.Day, known);
        var auto = _profile.UsesAutoregression
            ? LongAutoregression.Fit(tracks.Cleaned.Span, layout, cancellationToken)
            : null;
        var knots = KnotFitter.Fit(tracks, series, scale, auto, _profile, cancellationToken);
        if (knots.Length == 0)
        {
            return FitResult.Refused($"{known.Length} known values leave too few to learn from");
        }

        var reach = Reach(known);
        var highest = Math.Min(series.Highest, known.Max() + reach);
        var state = new DirectState
        {
            Model = Name,
            MaxHorizon = series.MaxHorizon,
            Layout = layout,
            Scale = scale,
            Inflation = DirectProfile.Inflation((double)values.Length / layout.Day),
            Lowest = Math.Min(Math.Max(series.Lowest, known.Min() - reach), highest),
            Highest = highest,
            Smallest = series.Lowest,
            OutlierLimit = filter.Limit,
            Values = values,
            Outliers = [.. outliers],
            Knots = knots,
            Autoregression = auto?.State,
            Ranks = null,
        };
        var ranks = PastErrors.Ranks(new(state, tracks), series.MaxHorizon, _profile.Paths, cancellationToken);
        return FitResult.Of(new FittedDirect(state with { Ranks = ranks }, tracks));
    }

    /// <summary>How far beyond what was seen a forecast may go: as far again; without limit after zeros only.</summary>
    private static double Reach(double[] known)
    {
        var range = known.Max() - known.Min();
        var size = range > 0 ? range : Math.Abs(known[0]);
        return size > 0 ? size : double.PositiveInfinity;
    }

    private static double[] Known(double[] values) => Array.FindAll(values, static value => !double.IsNaN(value));

    /// <summary>The mean absolute difference to the day before: the unit of everything that is learned.</summary>
    private static double Scale(ReadOnlySpan<double> values, int day, double[] known)
    {
        var size = known.Average(Math.Abs);
        var change = Mase.Scale(values, day);
        var scale = Math.Max(double.IsNaN(change) ? size : change, 1e-9 * size);
        return scale > SmallestScale ? scale : 1;
    }
}
