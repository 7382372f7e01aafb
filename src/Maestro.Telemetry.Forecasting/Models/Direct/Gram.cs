using System.Numerics;
using System.Numerics.Tensors;

namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>Weighted sums of products of columns: the inner loop of all fitting.</summary>
internal static class Gram
{
    /// <summary>Rows at a time: what fits into the first-level cache.</summary>
    public const int Block = 256;

    private const int Side = 4;

    /// <summary>Columns with the empty ones that fill the last tile.</summary>
    public static int Padded(int columns) => (columns + Side - 1) / Side * Side;

    /// <summary>Adds X'WX and X'Wr over some rows.</summary>
    /// <param name="design">The rows; r is the target.</param>
    /// <param name="weights">One per row.</param>
    /// <param name="from">First row.</param>
    /// <param name="to">One past the last row.</param>
    /// <param name="products">
    /// Row-major, with <see cref="Padded"/>(width + 1) columns: the lower triangle of X'WX, and in the row of the target
    /// X'Wr. Added to.
    /// </param>
    /// <param name="scratch">At least <see cref="Padded"/>(width + 1) × <see cref="Block"/>.</param>
    /// <returns>The sum of the weights.</returns>
    public static double Add(
        Design design, double[] weights, int from, int to, double[] products, double[] scratch)
    {
        var all = Padded(design.Width + 1);
        var total = 0.0;
        for (var start = from; start < to; start += Block)
        {
            var rows = Math.Min(Block, to - start);
            var weight = weights.AsSpan(start, rows);
            total += TensorPrimitives.Sum<double>(weight);
            for (var a = 0; a <= design.Width; a++)
            {
                var column = design.X.AsSpan((a * design.Capacity) + start, rows);
                TensorPrimitives.Multiply(column, weight, scratch.AsSpan(a * Block, rows));
            }

            for (var a = 0; a < all; a += Side)
            {
                for (var c = 0; c <= a; c += Side)
                {
                    var x = design.X.AsSpan((c * design.Capacity) + start, (3 * design.Capacity) + rows);
                    Tile(scratch.AsSpan(a * Block), x, design.Capacity, rows, products.AsSpan((a * all) + c), all);
                }
            }
        }

        return total;
    }

    /// <summary>Sixteen sums at once, so that each number is loaded once for four products.</summary>
    /// <param name="w">Four weighted columns, <see cref="Block"/> apart.</param>
    /// <param name="x">Four columns, <paramref name="stride"/> apart.</param>
    /// <param name="stride">Distance between columns.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="products">Where the tile begins.</param>
    /// <param name="all">Distance between its rows.</param>
    private static void Tile(
        ReadOnlySpan<double> w, ReadOnlySpan<double> x, int stride, int rows, Span<double> products, int all)
    {
        ReadOnlySpan<double> w0 = w[..rows], w1 = w.Slice(Block, rows);
        ReadOnlySpan<double> w2 = w.Slice(2 * Block, rows), w3 = w.Slice(3 * Block, rows);
        ReadOnlySpan<double> x0 = x[..rows], x1 = x.Slice(stride, rows);
        ReadOnlySpan<double> x2 = x.Slice(2 * stride, rows), x3 = x.Slice(3 * stride, rows);
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

        Add(products, Vector.Sum(s00), Vector.Sum(s01), Vector.Sum(s02), Vector.Sum(s03));
        Add(products[all..], Vector.Sum(s10), Vector.Sum(s11), Vector.Sum(s12), Vector.Sum(s13));
        Add(products[(2 * all)..], Vector.Sum(s20), Vector.Sum(s21), Vector.Sum(s22), Vector.Sum(s23));
        Add(products[(3 * all)..], Vector.Sum(s30), Vector.Sum(s31), Vector.Sum(s32), Vector.Sum(s33));
        for (; i < rows; i++)
        {
            for (var k = 0; k < Side; k++)
            {
                var weighted = w[(k * Block) + i];
                Add(products[(k * all)..], weighted * x0[i], weighted * x1[i], weighted * x2[i], weighted * x3[i]);
            }
        }
    }

    private static void Add(Span<double> to, double first, double second, double third, double fourth)
    {
        to[0] += first;
        to[1] += second;
        to[2] += third;
        to[3] += fourth;
    }
}
