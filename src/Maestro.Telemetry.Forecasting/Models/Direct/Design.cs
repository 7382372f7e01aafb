using System.Numerics.Tensors;

namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>The rows of the regression of one horizon: what was known at past moments, and what came.</summary>
/// <remarks>
/// Columns lie one after the other: intercept, features, autoregression if there is one, and the target; after them
/// empty ones, so that sums can be taken over blocks of columns.
/// </remarks>
internal sealed class Design
{
    private readonly SeriesTracks _tracks;
    private readonly ReadOnlyMemory<bool> _saturated;
    private readonly double _scale;
    private readonly int _first;
    private readonly int _stride;
    private readonly bool _stacked;
    private readonly double[] _ages;
    private readonly double[] _base;

    /// <param name="tracks">What is known.</param>
    /// <param name="saturated">True where the target was at least what was measured; empty, or one per step.</param>
    /// <param name="scale">The unit of features and targets.</param>
    /// <param name="first">The first moment to learn from.</param>
    /// <param name="stride">Steps between rows.</param>
    /// <param name="stacked">True when there are forecasts of an autoregression.</param>
    public Design(
        SeriesTracks tracks, ReadOnlyMemory<bool> saturated, double scale, int first, int stride, bool stacked)
    {
        (_tracks, _saturated, _scale) = (tracks, saturated, scale);
        (_first, _stride, _stacked) = (first, stride, stacked);
        Width = 1 + tracks.Columns.Count + (stacked ? 1 : 0);
        Capacity = Math.Max(0, ((tracks.Count - first) / stride) + 1);
        X = new double[Gram.Padded(Width + 1) * Capacity];
        Weights = new double[Capacity];
        Spread = new double[ErrorSpread.Features * Capacity];
        AtLeast = new bool[Capacity];
        _base = new double[Capacity];
        _ages = new double[Capacity];
        for (var row = 0; row < Capacity; row++)
        {
            var age = (double)(tracks.Count - (first + (row * stride))) / tracks.Day;
            _ages[row] = Math.Pow(0.5, age / DirectProfile.HalfLifeDays);
        }
    }

    /// <summary>Intercept and features.</summary>
    public int Width { get; }

    /// <summary>The distance from one column to the next.</summary>
    public int Capacity { get; }

    /// <summary>Rows of the horizon that was filled in last.</summary>
    public int Rows { get; private set; }

    /// <summary>Rows whose target is known.</summary>
    public int KnownRows { get; private set; }

    public double[] X { get; }

    /// <summary>By age; 0 where the target is missing.</summary>
    public double[] Weights { get; }

    /// <summary>True where the target was perhaps more than measured.</summary>
    public bool[] AtLeast { get; }

    /// <summary>What the size of errors follows from: columns of <see cref="Capacity"/>.</summary>
    public double[] Spread { get; }

    public Span<double> Column(int index) => X.AsSpan(index * Capacity, Rows);

    public Span<double> Target => Column(Width);

    /// <summary>Fills in the rows of a horizon.</summary>
    /// <param name="horizon">Steps ahead.</param>
    /// <param name="autoregression">Its forecast for that horizon at each moment; null when not stacked.</param>
    public void Fill(int horizon, double[]? autoregression)
    {
        Rows = Math.Clamp((_tracks.Count - horizon - _first + _stride - 1) / _stride, 0, Capacity);
        FillTarget(horizon);
        Column(0).Fill(1);
        for (var k = 0; k < _tracks.Columns.Count; k++)
        {
            FillFeature(_tracks.Columns[k], horizon, Column(k + 1));
        }

        if (_stacked)
        {
            var column = Column(Width - 1);
            for (var row = 0; row < Rows; row++)
            {
                column[row] = Cut((autoregression![Moment(row)] - _base[row]) / _scale);
            }
        }

        FillSpread(horizon);
    }

    /// <summary>Within what is taken seriously; 0 when not known.</summary>
    public static double Cut(double value) => double.IsNaN(value)
        ? 0
        : Math.Clamp(value, -DirectProfile.LargestFeature, DirectProfile.LargestFeature);

    private int Moment(int row) => _first + (row * _stride);

    private void FillTarget(int horizon)
    {
        var values = _tracks.Values.Span;
        var offset = _tracks.Base.Offset(horizon);
        var target = Target;
        KnownRows = 0;
        for (var row = 0; row < Rows; row++)
        {
            var moment = Moment(row);
            var level = _tracks.Base.Track[Math.Max(0, moment + offset)];
            _base[row] = double.IsNaN(level) ? _tracks.Fallback[moment] : level;
            var actual = values[moment + horizon];
            var known = !double.IsNaN(actual);
            KnownRows += known ? 1 : 0;
            target[row] = known ? Cut((actual - _base[row]) / _scale) : 0;
            Weights[row] = known ? _ages[row] : 0;
            AtLeast[row] = !_saturated.IsEmpty && _saturated.Span[moment + horizon];
        }
    }

    private void FillFeature(FeatureColumn column, int horizon, Span<double> to)
    {
        var offset = column.Offset(horizon) + _first;
        if (_stride > 1 || offset < 0)
        {
            for (var row = 0; row < to.Length; row++)
            {
                to[row] = Cut(column.Read((row * _stride) + offset, _base[row]) / _scale);
            }

            return;
        }

        var track = column.Track.Span.Slice(offset, to.Length);
        var level = _base.AsSpan(0, to.Length);
        switch (column.Kind)
        {
            case FeatureKind.Level:
                TensorPrimitives.Subtract(track, level, to);
                break;
            case FeatureKind.Ratio:
                TensorPrimitives.Multiply(track, level, to);
                break;
            default:
                track.CopyTo(to);
                break;
        }

        TensorPrimitives.Divide(to, _scale, to);
        TensorPrimitives.Clamp(to, -DirectProfile.LargestFeature, DirectProfile.LargestFeature, to);
        for (var row = 0; row < to.Length; row++)
        {
            to[row] = double.IsNaN(to[row]) ? 0 : to[row];
        }
    }

    private void FillSpread(int horizon)
    {
        Span<double> features = stackalloc double[ErrorSpread.Features];
        for (var row = 0; row < Rows; row++)
        {
            ErrorSpread.Read(_tracks, Moment(row), horizon, _scale, features);
            for (var k = 0; k < features.Length; k++)
            {
                Spread[(k * Capacity) + row] = features[k];
            }
        }
    }
}
