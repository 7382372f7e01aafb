using System.Numerics.Tensors;
using Maestro.Telemetry.Forecasting.Errors;

namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>
/// Works out the distribution of the value some steps after a moment. Keeps what it needs for a horizon until it is
/// asked for another.
/// </summary>
/// <param name="state">What was learned.</param>
/// <param name="tracks">What is known.</param>
internal sealed class StepReader(DirectState state, SeriesTracks tracks)
{
    private const int Tenth = 5;
    private const int NineTenths = 21;

    private readonly double[] _x = new double[state.Knots[0].Centre.Length];
    private readonly double[] _spread = new double[ErrorSpread.Features + 1];
    private readonly double[] _terms = new double[ErrorSpread.Features];
    private readonly double[] _centre = new double[state.Knots[0].Centre.Length];
    private (KnotFit Low, KnotFit High, double Share, double Growth) _place;
    private int _horizon;
    private readonly double _perScale = 1 / state.Scale;
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
        LongAutoregression.Forecast(state.Autoregression, tracks.Cleaned[(moment + 1 - Lags)..(moment + 1)], forecast);
        return forecast;
    }

    /// <summary>Reads the features and gives the centre and the expected size of errors.</summary>
    /// <param name="moment">The index of the last value known.</param>
    /// <param name="horizon">Steps after it.</param>
    /// <param name="autoregression">Its forecast for that step; NaN without one.</param>
    public (double Centre, double Size) Read(int moment, int horizon, double autoregression)
    {
        Turn(horizon);
        var level = tracks.Base.Track[Math.Max(0, moment + tracks.Base.Offset(horizon))];
        _level = double.IsNaN(level) ? tracks.Fallback[moment] : level;
        _x[0] = 1;
        for (var k = 0; k < tracks.Columns.Count; k++)
        {
            var column = tracks.Columns[k];
            _x[k + 1] = Design.Cut(column.Read(moment + column.Offset(horizon), _level) * _perScale);
        }

        if (state.Autoregression is not null)
        {
            _x[^1] = Design.Cut((autoregression - _level) * _perScale);
        }

        ErrorSpread.Read(tracks, moment, horizon, state.Scale, _terms);
        var size = state.Scale * _place.Growth * ErrorSpread.Size(_spread, _terms);
        return (_level + (state.Scale * TensorPrimitives.Dot<double>(_x, _centre)), size);
    }

    /// <summary>The quantiles, on the level grid, of the step that was read last.</summary>
    public void Quantiles(double centre, double size, Span<double> grid)
    {
        Mix(_place.Low.Errors, _place.High.Errors, grid);
        var median = grid[LevelGrid.Median];
        for (var j = 0; j < grid.Length; j++)
        {
            var error = grid[j];
            grid[j] = centre + (size * (median + (state.Inflation * (error - median))));
        }

        if (_place.Low.Low.Length > 0)
        {
            Skew(grid);
        }

        for (var j = 0; j < grid.Length; j++)
        {
            grid[j] = Math.Clamp(grid[j], state.Lowest, state.Highest);
            grid[j] = j > 0 ? Math.Max(grid[j], grid[j - 1]) : grid[j];
        }
    }

    /// <summary>Stretches each side halfway to where quantile regression sees it.</summary>
    private void Skew(Span<double> grid)
    {
        const double Share = DirectProfile.QuantileShare;
        var centre = grid[LevelGrid.Median];
        var tenth = Level(_place.Low.Low, _place.High.Low);
        var nineTenths = Level(_place.Low.High, _place.High.High);
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

    /// <summary>Interpolates what is the same for all moments.</summary>
    private void Turn(int horizon)
    {
        if (horizon != _horizon)
        {
            _horizon = horizon;
            _place = Place(horizon);
            Mix(_place.Low.Centre, _place.High.Centre, _centre);
            Mix(_place.Low.Spread, _place.High.Spread, _spread);
        }
    }

    private double Level(double[] low, double[] high)
    {
        var sum = (1 - _place.Share) * TensorPrimitives.Dot<double>(_x, low);
        sum += _place.Share * TensorPrimitives.Dot<double>(_x, high);
        return _level + (state.Scale * sum);
    }

    private void Mix(double[] low, double[] high, Span<double> to)
    {
        TensorPrimitives.Subtract<double>(high, low, to);
        TensorPrimitives.MultiplyAdd(to, _place.Share, low, to);
    }
}
