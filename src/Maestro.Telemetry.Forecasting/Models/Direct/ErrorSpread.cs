using System.Numerics.Tensors;

namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>
/// How large errors are expected to be: a weighted sum, with no negative weight, of a constant and of how far values
/// have been from what was expected, lately, for a while, and at that time of day.
/// </summary>
internal static class ErrorSpread
{
    /// <summary>Terms of the sum.</summary>
    public const int Features = 4;

    /// <summary>Reads the terms, in scales.</summary>
    public static void Read(SeriesTracks tracks, int moment, int horizon, double scale, Span<double> to)
    {
        var slot = tracks.SlotSpread;
        var at = Math.Clamp(moment + slot.Offset(horizon), 0, slot.Track.Count - 1);
        var spread = slot.Track.Count == 0 ? double.NaN : slot.Track[at];
        to[0] = 0.3;
        to[1] = tracks.QuickSpread[moment] / scale;
        to[2] = tracks.SlowSpread[moment] / scale;
        to[3] = double.IsNaN(spread) ? to[2] : spread / scale;
    }

    /// <summary>Learns the weights, and what errors look like relative to their expected size.</summary>
    /// <param name="design">The rows.</param>
    /// <param name="residuals">The error of each row, out of fold.</param>
    /// <returns>The weights, after them the smallest size; and quantiles on the level grid.</returns>
    public static (double[] Spread, double[] Errors) Learn(Design design, ReadOnlySpan<double> residuals)
    {
        var weights = UsedWeights(design, residuals);
        var sizes = new double[weights.Length];
        TensorPrimitives.Abs(residuals, sizes);
        TensorPrimitives.Min(sizes, Cap(sizes, weights), sizes);

        var products = new double[Features * Features];
        var right = new double[Features];
        var weighted = new double[weights.Length];
        for (var j = 0; j < Features; j++)
        {
            TensorPrimitives.Multiply(weights, Column(design, j), weighted);
            right[j] = TensorPrimitives.Dot<double>(weighted, sizes);
            for (var k = 0; k < Features; k++)
            {
                products[(j * Features) + k] = TensorPrimitives.Dot(weighted, Column(design, k));
            }
        }

        var weight = TensorPrimitives.Sum<double>(weights);
        AddRidge(products, weight);
        var spread = new double[Features + 1];
        NonNegativeLeastSquares.Solve(products, right, spread.AsSpan(0, Features));
        spread[Features] = (0.25 * TensorPrimitives.Dot<double>(weights, sizes) / weight) + 1e-9;
        return (spread, Standardised(design, residuals, weights, spread));
    }

    /// <summary>The expected size of an error.</summary>
    public static double Size(ReadOnlySpan<double> spread, ReadOnlySpan<double> features) =>
        Math.Max(TensorPrimitives.Dot(spread[..Features], features), spread[Features]);

    private static ReadOnlySpan<double> Column(Design design, int index) =>
        design.Spread.AsSpan(index * design.Capacity, design.Rows);

    /// <summary>
    /// 0 where the error is not known. Of what was at least so much, that it was below says nothing; when that is all
    /// there is, it has to do.
    /// </summary>
    private static double[] UsedWeights(Design design, ReadOnlySpan<double> residuals)
    {
        var weights = design.Weights.AsSpan(0, design.Rows).ToArray();
        for (var row = 0; row < weights.Length; row++)
        {
            weights[row] = design.AtLeast[row] && residuals[row] < 0 ? 0 : weights[row];
        }

        return weights.AsSpan().ContainsAnyExcept(0) ? weights : design.Weights.AsSpan(0, design.Rows).ToArray();
    }

    /// <summary>What 99 % of errors stay within.</summary>
    private static double Cap(double[] sizes, double[] weights)
    {
        var known = new double[sizes.Length];
        var count = 0;
        for (var row = 0; row < sizes.Length; row++)
        {
            known[count] = sizes[row];
            count += weights[row] > 0 ? 1 : 0;
        }

        return Selection.At(known.AsSpan(0, count), (int)(0.99 * (count - 1))) + 1e-12;
    }

    private static void AddRidge(Span<double> products, double weight)
    {
        var trace = 0.0;
        for (var j = 0; j < Features; j++)
        {
            trace += products[j * (Features + 1)];
        }

        for (var j = 0; j < Features; j++)
        {
            products[j * (Features + 1)] += (0.02 * trace / Features) + (1e-9 * weight);
        }
    }

    private static double[] Standardised(
        Design design, ReadOnlySpan<double> residuals, double[] weights, double[] spread)
    {
        var errors = new double[weights.Length];
        for (var k = 0; k < Features; k++)
        {
            TensorPrimitives.MultiplyAdd(Column(design, k), spread[k], errors, errors);
        }

        TensorPrimitives.Max(errors, spread[Features], errors);
        TensorPrimitives.Divide(residuals, errors, errors);
        var count = 0;
        for (var row = 0; row < weights.Length; row++)
        {
            (errors[count], weights[count]) = (errors[row], weights[row]);
            count += weights[row] > 0 ? 1 : 0;
        }

        return WeightedQuantiles.Of(errors.AsSpan(0, count), weights.AsSpan(0, count));
    }
}
