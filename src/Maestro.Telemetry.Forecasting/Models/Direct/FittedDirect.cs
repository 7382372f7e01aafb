using System.Text.Json;
using Maestro.Telemetry.Forecasting.Errors;

namespace Maestro.Telemetry.Forecasting.Models.Direct;

internal sealed class FittedDirect : IFittedModel
{
    private readonly DirectState _state;
    private readonly SeriesTracks _tracks;
    private readonly OutlierFilter _filter;
    private readonly List<int> _outliers;
    private readonly StepReader _reader;

    public FittedDirect(DirectState state)
        : this(state, Replay(state))
    {
    }

    public FittedDirect(DirectState state, SeriesTracks tracks)
    {
        // The tracks have the series; to keep it twice would be a fifth of the whole.
        (_state, _tracks) = (state with { Values = [], Outliers = [] }, tracks);
        _filter = new(state.Layout.Day, state.OutlierLimit);
        _outliers = [.. state.Outliers];
        _reader = new(_state, tracks);
        tracks.ForgetPast();
    }

    public string Name => _state.Model;

    public int MaxHorizon => _state.MaxHorizon;

    public void Observe(double value)
    {
        if (_tracks.Append(TrainingSeries.Clean(value, _state.Smallest), _filter))
        {
            _outliers.Add(_tracks.Count - 1);
        }
    }

    public QuantileForecast Forecast(int steps, IReadOnlyList<double> levels, CancellationToken cancellationToken)
    {
        QuantileLevels.Guard(levels);
        var grid = Grid(steps, cancellationToken);
        var places = levels.Select(LevelGrid.Locate).ToArray();
        var marginal = new double[steps * places.Length];
        for (var step = 0; step < steps; step++)
        {
            var row = grid.AsSpan(step * LevelGrid.Count, LevelGrid.Count);
            for (var level = 0; level < places.Length; level++)
            {
                var (index, share) = places[level];
                marginal[(step * places.Length) + level] = row[index] + (share * (row[index + 1] - row[index]));
            }
        }

        return new(levels, marginal, PathMaxima.Of(_state.Ranks!.On(grid, steps), levels, marginal));
    }

    public SamplePaths Paths(int steps, CancellationToken cancellationToken) =>
        _state.Ranks!.On(Grid(steps, cancellationToken), steps);

    public string ToJson() => JsonSerializer.Serialize(
        _state with { Values = _tracks.Values.Span.ToArray(), Outliers = [.. _outliers] },
        ModelJson.Default.DirectState);

    private double[] Grid(int steps, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, MaxHorizon);
        var moment = _tracks.Count - 1;
        var autoregression = _reader.Autoregression(moment, steps);
        var grid = new double[steps * LevelGrid.Count];
        for (var step = 0; step < steps; step++)
        {
            var known = autoregression.Length > 0 ? autoregression[step] : double.NaN;
            var (centre, size) = _reader.Read(moment, step + 1, known);
            _reader.Quantiles(centre, size, grid.AsSpan(step * LevelGrid.Count, LevelGrid.Count));
        }

        return grid;
    }

    private static SeriesTracks Replay(DirectState state)
    {
        var tracks = new SeriesTracks(state.Layout);
        var next = 0;
        for (var t = 0; t < state.Values.Length; t++)
        {
            var isOutlier = next < state.Outliers.Length && state.Outliers[next] == t;
            next += isOutlier ? 1 : 0;
            tracks.Append(state.Values[t], isOutlier);
        }

        return tracks;
    }
}
