using System.Numerics;
using System.Numerics.Tensors;

namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>Weighted sums of products of columns: the inner loop of all fitting.</summary>
internal static class Gram
{
    /// <summary>Rows at a time: what fits into the first-level cache.</summary>
    public const int Block = 256;

    private const int Side = 4;

    /// <summary>Adds X'WX and X'Wr over some rows.</summary>
    /// <param name="design">The rows; r is the target.</param>
    /// <param name="weights">One per row.</param>
    /// <param name="from">First row.</param>
    /// <param name="to">One past the last row.</param>
    /// <param name="products">
    /// Row-major, (width + 1) × (width + 1): the lower triangle of X'WX, and as its last row X'Wr. Added to.
    /// </param>
    /// <param name="scratch">At least (width + 1) × <see cref="Block"/>.</param>
    /// <returns>The sum of the weights.</returns>
    public static double Add(
        Design design, double[] weights, int from, int to, double[] products, double[] scratch)
    {
        var all = design.Width + 1;
        var total = 0.0;
        for (var start = from; start < to; start += Block)
        {
            var rows = Math.Min(Block, to - start);
            var weight = weights.AsSpan(start, rows);
            total += TensorPrimitives.Sum<double>(weight);
            for (var a = 0; a < all; a++)
            {
                var column = design.X.AsSpan((a * design.Capacity) + start, rows);
                TensorPrimitives.Multiply(column, weight, scratch.AsSpan(a * Block, rows));
            }

            for (var a = 0; a < all; a += Side)
            {
                for (var c = 0; c <= a; c += Side)
                {
                    Tile(design.X, design.Capacity, start, rows, scratch, a, c, all, products);
                }
            }
        }

        return total;
    }

    private static void Tile(
        double[] columns, int stride, int start, int rows, double[] scratch, int a, int c, int all, double[] products)
    {
        if (a + Side <= all && c + Side <= all)
        {
            Full(columns, stride, start, rows, scratch, a, c, all, products);
            return;
        }

        for (var i = a; i < Math.Min(a + Side, all); i++)
        {
            for (var j = c; j < Math.Min(c + Side, all); j++)
            {
                products[(i * all) + j] += TensorPrimitives.Dot<double>(
                    scratch.AsSpan(i * Block, rows), columns.AsSpan((j * stride) + start, rows));
            }
        }
    }

    private static void Full(
        double[] columns, int stride, int start, int rows, double[] scratch, int a, int c, int all, double[] products)
    {
        ReadOnlySpan<double> w0 = scratch.AsSpan(a * Block, rows), w1 = scratch.AsSpan((a + 1) * Block, rows);
        ReadOnlySpan<double> w2 = scratch.AsSpan((a + 2) * Block, rows), w3 = scratch.AsSpan((a + 3) * Block, rows);
        ReadOnlySpan<double> x0 = columns.AsSpan((c * stride) + start, rows), x1 = columns.AsSpan(((c + 1) * stride) + start, rows);
        ReadOnlySpan<double> x2 = columns.AsSpan(((c + 2) * stride) + start, rows), x3 = columns.AsSpan(((c + 3) * stride) + start, rows);
        Vector<double> s00 = default, s01 = default, s02 = default, s03 = default;
        Vector<double> s10 = default, s11 = default, s12 = default, s13 = default;
        Vector<double> s20 = default, s21 = default, s22 = default, s23 = default;
        Vector<double> s30 = default, s31 = default, s32 = default, s33 = default;
        var width = Vector<double>.Count;
        var i = 0;
        for (; i <= rows - width; i += width)
        {
            var v0 = new Vector<double>(x0[i..]);
            var v1 = new Vector<double>(x1[i..]);
            var v2 = new Vector<double>(x2[i..]);
            var v3 = new Vector<double>(x3[i..]);
            var u = new Vector<double>(w0[i..]);
            s00 = Vector.FusedMultiplyAdd(u, v0, s00);
            s01 = Vector.FusedMultiplyAdd(u, v1, s01);
            s02 = Vector.FusedMultiplyAdd(u, v2, s02);
            s03 = Vector.FusedMultiplyAdd(u, v3, s03);
            u = new Vector<double>(w1[i..]);
            s10 = Vector.FusedMultiplyAdd(u, v0, s10);
            s11 = Vector.FusedMultiplyAdd(u, v1, s11);
            s12 = Vector.FusedMultiplyAdd(u, v2, s12);
            s13 = Vector.FusedMultiplyAdd(u, v3, s13);
            u = new Vector<double>(w2[i..]);
            s20 = Vector.FusedMultiplyAdd(u, v0, s20);
            s21 = Vector.FusedMultiplyAdd(u, v1, s21);
            s22 = Vector.FusedMultiplyAdd(u, v2, s22);
            s23 = Vector.FusedMultiplyAdd(u, v3, s23);
            u = new Vector<double>(w3[i..]);
            s30 = Vector.FusedMultiplyAdd(u, v0, s30);
            s31 = Vector.FusedMultiplyAdd(u, v1, s31);
            s32 = Vector.FusedMultiplyAdd(u, v2, s32);
            s33 = Vector.FusedMultiplyAdd(u, v3, s33);
        }

        Span<double> sums =
        [
            Vector.Sum(s00), Vector.Sum(s01), Vector.Sum(s02), Vector.Sum(s03),
            Vector.Sum(s10), Vector.Sum(s11), Vector.Sum(s12), Vector.Sum(s13),
            Vector.Sum(s20), Vector.Sum(s21), Vector.Sum(s22), Vector.Sum(s23),
            Vector.Sum(s30), Vector.Sum(s31), Vector.Sum(s32), Vector.Sum(s33),
        ];
        for (; i < rows; i++)
        {
            for (var k = 0; k < 16; k++)
            {
                sums[k] += scratch[((a + (k >> 2)) * Block) + i] * columns[((c + (k & 3)) * stride) + start + i];
            }
        }

        for (var k = 0; k < 16; k++)
        {
            products[((a + (k >> 2)) * all) + c + (k & 3)] += sums[k];
        }
    }
}
