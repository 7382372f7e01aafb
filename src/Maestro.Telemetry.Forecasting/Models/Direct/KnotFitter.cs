namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>Fits the regressions of all horizons, each from where the one before ended.</summary>
internal static class KnotFitter
{
    /// <summary>A horizon with fewer known rows than this is not fitted, nor are those after it.</summary>
    private const int FewestRows = 100;

    /// <summary>None when there are too few rows even for the first horizon.</summary>
    public static KnotFit[] Fit(
        SeriesTracks tracks,
        TrainingSeries series,
        double scale,
        LongAutoregression? auto,
        DirectProfile profile,
        CancellationToken cancellationToken)
    {
        var day = tracks.Day;
        var first = Math.Max(day + (day / 4), auto?.Lags ?? 0);
        var stride = Math.Max(1, (tracks.Count - first) / profile.MostRows);
        var horizons = Knots.For(day, series.MaxHorizon, profile.DenseKnots);
        var past = auto?.Past(horizons, cancellationToken);
        var design = new Design(tracks, series.Saturated, scale, first, stride, auto is not null);
        var regression = new RobustRegression(design, Ridge(tracks));
        var fits = new List<KnotFit>(horizons.Length);
        for (var k = 0; k < horizons.Length; k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            design.Fill(horizons[k], past?[k]);
            if (design.KnownRows < FewestRows)
            {
                break;
            }

            fits.Add(Fit(horizons[k], design, regression, fits.LastOrDefault(), profile));
        }

        return [.. fits];
    }

    private static double Ridge(SeriesTracks tracks)
    {
        var missing = Math.Max(1, DirectProfile.RidgeDays * tracks.Day / tracks.Count);
        return DirectProfile.Ridge * missing * missing;
    }

    private static KnotFit Fit(
        int horizon, Design design, RobustRegression regression, KnotFit? before, DirectProfile profile)
    {
        var rounds = before is null ? profile.Iterations : profile.WarmIterations;
        var centre = regression.Fit(0.5, rounds, before?.Centre);
        double[] low = [], high = [];
        if (profile.QuantileIterations > 0)
        {
            rounds = before is null ? profile.QuantileIterations : profile.WarmIterations;
            low = regression.Fit(0.1, rounds, before?.Low ?? Shifted(centre, regression, design, 0.1));
            high = regression.Fit(0.9, rounds, before?.High ?? Shifted(centre, regression, design, 0.9));
        }

        regression.MeasureOutOfFold(centre);
        var (spread, errors) = ErrorSpread.Learn(design, regression.Residuals);
        return new()
        {
            Horizon = horizon,
            Centre = centre,
            Low = low,
            High = high,
            Spread = spread,
            Errors = errors,
        };
    }

    /// <summary>The median's coefficients with the intercept moved to a quantile of its residuals.</summary>
    private static double[] Shifted(double[] centre, RobustRegression regression, Design design, double level)
    {
        regression.Measure(centre);
        var residuals = regression.Residuals;
        var known = new List<double>(residuals.Length);
        for (var row = 0; row < residuals.Length; row++)
        {
            if (design.Weights[row] > 0)
            {
                known.Add(residuals[row]);
            }
        }

        known.Sort();
        var shifted = (double[])centre.Clone();
        shifted[0] += Errors.Quantiles.OfSorted(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(known), level);
        return shifted;
    }
}
