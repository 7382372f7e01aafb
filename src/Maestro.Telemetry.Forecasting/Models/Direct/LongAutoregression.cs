using System.Numerics.Tensors;

namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>
/// A long linear autoregression, fitted by ridge regression on the winsorised series, and what it would have forecast
/// at each past moment with coefficients learned from the other quarters of the history: a regression that is stacked on
/// forecasts of what was learned from would trust them too much.
/// </summary>
internal sealed class LongAutoregression
{
    private const int Folds = 4;
    private const double Ridge = 0.15;
    private const double HalfLifeDays = 10;

    private readonly double[] _centred;
    private readonly double[][] _byFold;

    private LongAutoregression(AutoregressionState state, double[] centred, double[][] byFold) =>
        (State, _centred, _byFold) = (state, centred, byFold);

    public AutoregressionState State { get; }

    public int Lags => State.Coefficients.Length;

    /// <summary>Null when the history is shorter than twelve times the lags.</summary>
    public static LongAutoregression? Fit(
        ReadOnlySpan<double> values, SeasonLayout layout, CancellationToken cancellationToken)
    {
        var lags = layout.Lags;
        if (values.Length < 12 * lags)
        {
            return null;
        }

        var centred = Gaps.Fill(values);
        var (low, high) = Bounds(centred);
        TensorPrimitives.Clamp<double>(centred, low, high, centred);
        var mean = TensorPrimitives.Sum<double>(centred) / centred.Length;
        TensorPrimitives.Subtract(centred, mean, centred);

        var sums = new double[Folds][];
        var all = new double[(lags + 1) * (lags + 1)];
        var rows = values.Length - lags;
        for (var fold = 0; fold < Folds; fold++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            sums[fold] = LagProducts.Of(
                centred, Edge(rows, fold), Edge(rows, fold + 1), lags, HalfLifeDays * layout.Day);
            TensorPrimitives.Add(all, sums[fold], all);
        }

        var state = new AutoregressionState
        {
            Coefficients = Solve(all, lags),
            Mean = mean,
            Low = low,
            High = high,
            Limit = 3 * Math.Abs(TensorPrimitives.MaxMagnitude<double>(centred)),
        };
        return new(state, centred, [.. sums.Select(fold => SolveWithout(all, fold, lags))]);
    }

    /// <summary>What would have been forecast at each moment, by horizon; NaN before there are enough lags.</summary>
    public double[][] Past(int[] horizons, CancellationToken cancellationToken)
    {
        var past = new double[horizons.Length][];
        for (var k = 0; k < past.Length; k++)
        {
            past[k] = new double[_centred.Length];
            Array.Fill(past[k], double.NaN, 0, Lags - 1);
        }

        for (var fold = 0; fold < Folds; fold++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = _centred.Length - Lags;
            var to = fold == Folds - 1 ? rows + 1 : Edge(rows, fold + 1);
            var direct = Direct(_byFold[fold], horizons[^1]);
            for (var k = 0; k < horizons.Length; k++)
            {
                var coefficients = direct.AsSpan((horizons[k] - 1) * Lags, Lags);
                for (var row = Edge(rows, fold); row < to; row++)
                {
                    var value = TensorPrimitives.Dot<double>(coefficients, _centred.AsSpan(row, Lags));
                    past[k][row + Lags - 1] = Level(State, value);
                }
            }
        }

        return past;
    }

    /// <summary>Forecasts from the newest values.</summary>
    /// <param name="state">The autoregression.</param>
    /// <param name="newest">As many values as it has lags, oldest first; NaN where missing.</param>
    /// <param name="to">One per step.</param>
    public static void Forecast(AutoregressionState state, ReadOnlySpan<double> newest, Span<double> to)
    {
        var lags = state.Coefficients.Length;
        var path = new double[lags + to.Length];
        TensorPrimitives.Clamp<double>(Gaps.Fill(newest), state.Low, state.High, path.AsSpan(0, lags));
        TensorPrimitives.Subtract(path.AsSpan(0, lags), state.Mean, path.AsSpan(0, lags));
        for (var step = 0; step < to.Length; step++)
        {
            // Cut far out only: a forecast that runs away is to be seen, but not to become infinite.
            var value = TensorPrimitives.Dot<double>(state.Coefficients, path.AsSpan(step, lags));
            path[lags + step] = Math.Clamp(value, -1e3 * state.Limit, 1e3 * state.Limit);
            to[step] = Level(state, value);
        }
    }

    private static int Edge(int rows, int fold) => (int)((long)rows * fold / Folds);

    private static double Level(AutoregressionState state, double centred) =>
        state.Mean + (double.IsFinite(centred) ? Math.Clamp(centred, -state.Limit, state.Limit) : 0);

    /// <summary>Half the range of nearly all values beyond it.</summary>
    private static (double Low, double High) Bounds(double[] values)
    {
        var sorted = (double[])values.Clone();
        Array.Sort(sorted);
        var low = Errors.Quantiles.OfSorted(sorted, 0.002);
        var high = Errors.Quantiles.OfSorted(sorted, 0.998);
        return (low - (0.5 * (high - low)), high + (0.5 * (high - low)));
    }

    private static double[] SolveWithout(double[] all, double[] fold, int lags)
    {
        var rest = new double[all.Length];
        TensorPrimitives.Subtract(all, fold, rest);
        return Solve(rest, lags);
    }

    private static double[] Solve(double[] products, int lags)
    {
        var size = lags + 1;
        var matrix = new double[lags * lags];
        var trace = 0.0;
        for (var i = 0; i < lags; i++)
        {
            trace += products[(i * size) + i];
            Array.Copy(products, i * size, matrix, i * lags, i + 1);
        }

        for (var i = 0; i < lags; i++)
        {
            matrix[(i * lags) + i] += (Ridge * trace / lags) + 1e-300;
        }

        var coefficients = products[(lags * size)..((lags * size) + lags)];
        Cholesky.Solve(matrix, lags, coefficients);
        return coefficients;
    }

    /// <summary>Coefficients of the forecast h steps ahead on the same lags, for h from 1, one row each.</summary>
    private static double[] Direct(double[] coefficients, int longest)
    {
        var lags = coefficients.Length;
        var direct = new double[longest * lags];
        coefficients.CopyTo(direct, 0);
        for (var h = 1; h < longest; h++)
        {
            var before = direct.AsSpan((h - 1) * lags, lags);
            var now = direct.AsSpan(h * lags, lags);
            TensorPrimitives.Multiply(coefficients, before[^1], now);
            TensorPrimitives.Add(now[1..], before[..^1], now[1..]);
        }

        return direct;
    }
}
