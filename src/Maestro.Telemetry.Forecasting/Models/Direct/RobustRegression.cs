using System.Numerics.Tensors;

namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>
/// Ridge regression of the median and other quantiles, by iteratively reweighted least squares (Holland and Welsch 1977,
/// "Robust regression using iteratively reweighted least-squares", Communications in Statistics 6:813-827,
/// https://doi.org/10.1080/03610927708827533; for quantiles, Koenker and Bassett 1978, "Regression quantiles",
/// Econometrica 46:33-50, https://doi.org/10.2307/1913643).
/// </summary>
internal sealed class RobustRegression
{
    /// <summary>Deviations below this count as this, in scales, so that no weight becomes infinite.</summary>
    private const double LeastDeviation = 0.05;

    private readonly Design _design;
    private readonly double _ridge;
    private readonly double[] _weights;
    private readonly double[] _residuals;
    private readonly double[] _scratch;
    private readonly double[] _products;
    private readonly double[] _matrix;

    public RobustRegression(Design design, double ridge)
    {
        (_design, _ridge) = (design, ridge);
        var all = Gram.Padded(design.Width + 1);
        _weights = new double[design.Capacity];
        _residuals = new double[design.Capacity];
        _scratch = new double[all * Gram.Block];
        _products = new double[all * all];
        _matrix = new double[design.Width * design.Width];
    }

    /// <summary>The residuals measured last.</summary>
    public ReadOnlySpan<double> Residuals => _residuals.AsSpan(0, _design.Rows);

    /// <summary>Finds coefficients of a quantile.</summary>
    /// <param name="level">The quantile level.</param>
    /// <param name="iterations">Rounds of reweighting.</param>
    /// <param name="start">Where to begin; null to begin with plain least squares.</param>
    public double[] Fit(double level, int iterations, double[]? start)
    {
        var coefficients = new double[_design.Width];
        start?.CopyTo(coefficients, 0);
        for (var round = 0; round < iterations; round++)
        {
            if (round == 0 && start is null)
            {
                _design.Weights.AsSpan(0, _design.Rows).CopyTo(_weights);
            }
            else
            {
                Measure(coefficients, 0, _design.Rows);
                Reweigh(level);
            }

            Array.Clear(_products);
            var weight = Gram.Add(_design, _weights, 0, _design.Rows, _products, _scratch);
            Solve(_products, weight, coefficients);
        }

        return coefficients;
    }

    /// <summary>Measures residuals of all rows.</summary>
    public void Measure(double[] coefficients) => Measure(coefficients, 0, _design.Rows);

    /// <summary>
    /// Measures residuals of each block of rows with coefficients from the blocks before it (of the first, from the
    /// second), so that they are as honest as a forecast's errors.
    /// </summary>
    /// <param name="coefficients">Of the median, which says how much rows count.</param>
    public void MeasureOutOfFold(double[] coefficients)
    {
        const int Blocks = DirectProfile.Blocks;
        Measure(coefficients);
        Reweigh(0.5);
        var sums = new double[Blocks][];
        var weights = new double[Blocks];
        for (var block = 0; block < Blocks; block++)
        {
            sums[block] = new double[_products.Length];
            weights[block] = Gram.Add(_design, _weights, Edge(block), Edge(block + 1), sums[block], _scratch);
        }

        var learned = new double[_design.Width];
        Array.Clear(_products);
        var total = 0.0;
        for (var block = 0; block < Blocks; block++)
        {
            if (block > 0)
            {
                TensorPrimitives.Add(_products, sums[block - 1], _products);
                total += weights[block - 1];
            }

            Solve(block == 0 ? sums[1] : _products, block == 0 ? weights[1] : total, learned);
            Measure(learned, Edge(block), Edge(block + 1));
        }

        int Edge(int block) => (int)((long)_design.Rows * block / Blocks);
    }

    private void Measure(double[] coefficients, int from, int to)
    {
        var residuals = _residuals.AsSpan(from, to - from);
        _design.Target[from..to].CopyTo(residuals);
        for (var k = 0; k < coefficients.Length; k++)
        {
            TensorPrimitives.MultiplyAdd(_design.Column(k)[from..to], -coefficients[k], residuals, residuals);
        }
    }

    /// <summary>Weights that turn squares into absolute deviations, which count more on one side.</summary>
    private void Reweigh(double level)
    {
        for (var row = 0; row < _design.Rows; row++)
        {
            var residual = _residuals[row];
            var side = residual > 0 ? level : 1 - level;

            // What was at least so much and is forecast higher still, fits.
            _weights[row] = residual < 0 && _design.AtLeast[row]
                ? 0
                : _design.Weights[row] * 2 * side / Math.Max(Math.Abs(residual), LeastDeviation);
        }
    }

    private void Solve(ReadOnlySpan<double> products, double weight, double[] to)
    {
        var (width, all) = (_design.Width, Gram.Padded(_design.Width + 1));
        weight = Math.Max(weight, 1e-12);
        var trace = 0.0;
        for (var i = 0; i < width; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                _matrix[(i * width) + j] = products[(i * all) + j] / weight;
            }

            trace += _matrix[(i * width) + i];
            to[i] = products[(width * all) + i] / weight;
        }

        for (var i = 0; i < width; i++)
        {
            _matrix[(i * width) + i] += _ridge * Math.Max(trace / width, 1e-6);
        }

        Cholesky.Solve(_matrix, width, to);
    }
}
