namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>Least squares whose few coefficients may not be negative.</summary>
internal static class NonNegativeLeastSquares
{
    /// <summary>
    /// Solves, takes out what came out negative, and solves again, until nothing does. With a handful of terms that are
    /// not negative themselves this finds what the exact method of Lawson and Hanson does (1974, "Solving Least Squares
    /// Problems", chapter 23).
    /// </summary>
    /// <param name="products">X'WX, row-major.</param>
    /// <param name="right">X'Wy.</param>
    /// <param name="to">The coefficients.</param>
    public static void Solve(ReadOnlySpan<double> products, ReadOnlySpan<double> right, Span<double> to)
    {
        var all = right.Length;
        Span<int> active = stackalloc int[all];
        Span<double> matrix = stackalloc double[all * all];
        Span<double> solution = stackalloc double[all];
        var count = all;
        for (var i = 0; i < all; i++)
        {
            active[i] = i;
        }

        while (count > 0)
        {
            for (var i = 0; i < count; i++)
            {
                solution[i] = right[active[i]];
                for (var j = 0; j < count; j++)
                {
                    matrix[(i * count) + j] = products[(active[i] * all) + active[j]];
                }
            }

            Cholesky.Solve(matrix, count, solution);
            to.Clear();
            var kept = 0;
            for (var i = 0; i < count; i++)
            {
                if (solution[i] >= 0)
                {
                    to[active[i]] = solution[i];
                    active[kept++] = active[i];
                }
            }

            if (kept == count)
            {
                return;
            }

            count = kept;
        }
    }
}
