using System.Numerics.Tensors;
using Maestro.Telemetry.Forecasting.Errors;

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
        var used = UsedRows(design, residuals);
        var cap = Cap(used, residuals);
        Span<double> products = stackalloc double[Features * Features];
        Span<double> right = stackalloc double[Features];
        double weight = 0, mean = 0;
        foreach (var row in used)
        {
            var size = Math.Min(Math.Abs(residuals[row]), cap);
            weight += design.Weights[row];
            mean += design.Weights[row] * size;
            for (var j = 0; j < Features; j++)
            {
                var weighted = design.Weights[row] * design.Spread[(j * design.Capacity) + row];
                right[j] += weighted * size;
                for (var k = 0; k < Features; k++)
                {
                    products[(j * Features) + k] += weighted * design.Spread[(k * design.Capacity) + row];
                }
            }
        }

        AddRidge(products, weight);
        var spread = new double[Features + 1];
        NonNegativeLeastSquares.Solve(products, right, spread.AsSpan(0, Features));
        spread[Features] = (0.25 * mean / weight) + 1e-9;
        return (spread, Standardised(design, residuals, used, spread));
    }

    /// <summary>The expected size of an error.</summary>
    public static double Size(ReadOnlySpan<double> spread, ReadOnlySpan<double> features) =>
        Math.Max(TensorPrimitives.Dot(spread[..Features], features), spread[Features]);

    /// <summary>Rows whose error is known. Of what was at least so much, that it was below the forecast says nothing.</summary>
    private static List<int> UsedRows(Design design, ReadOnlySpan<double> residuals)
    {
        var rows = new List<int>(design.Rows);
        for (var row = 0; row < design.Rows; row++)
        {
            if (design.Weights[row] > 0 && !(design.AtLeast[row] && residuals[row] < 0))
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    private static double Cap(List<int> used, ReadOnlySpan<double> residuals)
    {
        var sizes = new double[used.Count];
        for (var i = 0; i < sizes.Length; i++)
        {
            sizes[i] = Math.Abs(residuals[used[i]]);
        }

        Array.Sort(sizes);
        return Quantiles.OfSorted(sizes, 0.99) + 1e-12;
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
        Design design, ReadOnlySpan<double> residuals, List<int> used, ReadOnlySpan<double> spread)
    {
        var errors = new double[used.Count];
        var weights = new double[used.Count];
        Span<double> features = stackalloc double[Features];
        for (var i = 0; i < errors.Length; i++)
        {
            for (var k = 0; k < Features; k++)
            {
                features[k] = design.Spread[(k * design.Capacity) + used[i]];
            }

            errors[i] = residuals[used[i]] / Size(spread, features);
            weights[i] = design.Weights[used[i]];
        }

        return WeightedQuantiles.Of(errors, weights);
    }
}
