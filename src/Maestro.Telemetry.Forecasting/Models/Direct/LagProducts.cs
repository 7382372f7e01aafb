using System.Numerics.Tensors;

namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>The sums that an autoregression is fitted from.</summary>
internal static class LagProducts
{
    /// <summary>
    /// Σ wᵢ z[i+a] z[i+b] over the windows that begin at i in [from, to), newer ones counting more. Each diagonal is
    /// summed once and then shifted: moving a window by one drops its first row, adds one, and ages the others by one.
    /// </summary>
    /// <param name="z">The series; at least <paramref name="to"/> + <paramref name="lags"/> values.</param>
    /// <param name="from">The first window.</param>
    /// <param name="to">One past the last window.</param>
    /// <param name="lags">Windows have one value more: what is explained.</param>
    /// <param name="halfLife">Steps after which a window counts half.</param>
    /// <returns>The lower triangle, row-major, (lags + 1) × (lags + 1).</returns>
    public static double[] Of(ReadOnlySpan<double> z, int from, int to, int lags, double halfLife)
    {
        var size = lags + 1;
        var products = new double[size * size];
        var count = to - from;
        var weights = Weights(from, count, z.Length - lags, halfLife);
        var weighted = new double[count];
        TensorPrimitives.Multiply(weights, z.Slice(from, count), weighted);
        var fade = Math.Pow(0.5, 1 / halfLife);
        for (var lag = 0; lag < size; lag++)
        {
            var sum = TensorPrimitives.Dot(weighted, z.Slice(from + lag, count));
            products[lag * size] = sum;
            for (var b = 1; b + lag < size; b++)
            {
                sum -= weights[0] * z[from + b - 1] * z[from + b - 1 + lag];
                sum = (sum * fade) + (weights[^1] * z[to + b - 1] * z[to + b - 1 + lag]);
                products[((b + lag) * size) + b] = sum;
            }
        }

        return products;
    }

    private static double[] Weights(int from, int count, int rows, double halfLife)
    {
        var weights = new double[count];
        for (var i = 0; i < count; i++)
        {
            weights[i] = Math.Pow(0.5, (rows - (from + i)) / halfLife);
        }

        return weights;
    }
}
