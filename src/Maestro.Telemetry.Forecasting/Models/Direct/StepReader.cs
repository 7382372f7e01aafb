using Maestro.Telemetry.Forecasting.Errors;

namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>Works out the distribution of the value some steps after a moment. Keeps what it needs from step to step.</summary>
/// <param name="state">What was learned.</param>
/// <param name="tracks">What is known.</param>
internal sealed class StepReader(DirectState state, SeriesTracks tracks)
{
    private const int Tenth = 5;
    private const int NineTenths = 21;

    private readonly double[] _x = new double[state.Knots[0].Centre.Length];
    private readonly double[] _spread = new double[ErrorSpread.Features + 1];
    private readonly double[] _terms = new double[ErrorSpread.Features];
    private double _level;

    public SeriesTracks Tracks => tracks;

    /// <summary>Values that the autoregression looks back on; 0 without one.</summary>
    public int Lags => state.Autoregression?.Coefficients.Length ?? 0;

    /// <summary>What the autoregression forecasts from a moment; empty without one.</summary>
    public double[] Autoregression(int moment, int steps)
    {
        if (state.Autoregression is null)
        {
            return [];
        }

        var forecast = new double[steps];
        LongAutoregression.Forecast(state.Autoregression, tracks.Cleaned.Span.Slice(moment + 1 - Lags, Lags), forecast);
        return forecast;
    }

    /// <summary>Reads the features and gives the centre and the expected size of errors.</summary>
    /// <param name="moment">The index of the last value known.</param>
    /// <param name="horizon">Steps after it.</param>
    /// <param name="autoregression">Its forecast for that step; NaN without one.</param>
    public (double Centre, double Size) Read(int moment, int horizon, double autoregression)
    {
        var place = Place(horizon);
        var level = tracks.Base.Track[Math.Max(0, moment + tracks.Base.Offset(horizon))];
        _level = double.IsNaN(level) ? tracks.Fallback[moment] : level;
        _x[0] = 1;
        for (var k = 0; k < tracks.Columns.Count; k++)
        {
            var column = tracks.Columns[k];
            _x[k + 1] = Design.Cut(column.Read(moment + column.Offset(horizon), _level) / state.Scale);
        }

        if (state.Autoregression is not null)
        {
            _x[^1] = Design.Cut((autoregression - _level) / state.Scale);
        }

        ErrorSpread.Read(tracks, moment, horizon, state.Scale, _terms);
        for (var k = 0; k < _spread.Length; k++)
        {
            _spread[k] = Between(place.Low.Spread[k], place.High.Spread[k], place.Share);
        }

        var size = state.Scale * place.Growth * ErrorSpread.Size(_spread, _terms);
        return (Level(place.Low.Centre, place.High.Centre, place.Share), size);
    }

    /// <summary>The quantiles, on the level grid, of the step that was read last.</summary>
    public void Quantiles(int horizon, double centre, double size, Span<double> grid)
    {
        var place = Place(horizon);
        var (low, high) = (place.Low.Errors, place.High.Errors);
        var median = Between(low[LevelGrid.Median], high[LevelGrid.Median], place.Share);
        for (var j = 0; j < grid.Length; j++)
        {
            var error = Between(low[j], high[j], place.Share);
            grid[j] = centre + (size * (median + (state.Inflation * (error - median))));
        }

        if (place.Low.Low.Length > 0)
        {
            Skew(place, grid);
        }

        for (var j = 0; j < grid.Length; j++)
        {
            grid[j] = Math.Clamp(grid[j], state.Lowest, state.Highest);
            grid[j] = j > 0 ? Math.Max(grid[j], grid[j - 1]) : grid[j];
        }
    }

    /// <summary>Stretches each side halfway to where quantile regression sees it.</summary>
    private void Skew((KnotFit Low, KnotFit High, double Share, double Growth) place, Span<double> grid)
    {
        const double Share = DirectProfile.QuantileShare;
        var centre = grid[LevelGrid.Median];
        var tenth = Level(place.Low.Low, place.High.Low, place.Share);
        var nineTenths = Level(place.Low.High, place.High.High, place.Share);
        var down = Stretch(centre - tenth, centre - grid[Tenth]);
        var up = Stretch(nineTenths - centre, grid[NineTenths] - centre);
        for (var j = 0; j < grid.Length; j++)
        {
            grid[j] = centre + ((grid[j] - centre) * (j < LevelGrid.Median ? down : up));
        }

        double Stretch(double wanted, double now) =>
            Math.Clamp(1 - Share + (Share * Math.Max(wanted, 0) / Math.Max(now, 1e-9 * state.Scale)), 0.25, 4);
    }

    /// <summary>Between which fitted horizons; beyond the last one errors grow as those of a random walk.</summary>
    private (KnotFit Low, KnotFit High, double Share, double Growth) Place(int horizon)
    {
        var knots = state.Knots;
        if (horizon >= knots[^1].Horizon)
        {
            return (knots[^1], knots[^1], 0, Math.Sqrt((double)horizon / knots[^1].Horizon));
        }

        var (below, above) = (0, knots.Length - 1);
        while (above - below > 1)
        {
            var middle = (below + above) / 2;
            (below, above) = knots[middle].Horizon <= horizon ? (middle, above) : (below, middle);
        }

        var (low, high) = (knots[below], knots[above]);
        var share = low.Horizon >= horizon
            ? 0
            : Math.Log((double)horizon / low.Horizon) / Math.Log((double)high.Horizon / low.Horizon);
        return (low, high, share, 1);
    }

    private double Level(double[] low, double[] high, double share)
    {
        var sum = 0.0;
        for (var k = 0; k < _x.Length; k++)
        {
            sum += _x[k] * Between(low[k], high[k], share);
        }

        return _level + (state.Scale * sum);
    }

    private static double Between(double low, double high, double share) => low + (share * (high - low));
}
