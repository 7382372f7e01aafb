using System.Numerics.Tensors;

namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>Solves small symmetric positive definite systems.</summary>
internal static class Cholesky
{
    /// <summary>Solves A x = b in place.</summary>
    /// <param name="matrix">Row-major n × n, lower triangle; overwritten.</param>
    /// <param name="size">n.</param>
    /// <param name="right">b; becomes x.</param>
    public static void Solve(Span<double> matrix, int size, Span<double> right)
    {
        for (var i = 0; i < size; i++)
        {
            var row = matrix.Slice(i * size, i + 1);
            for (var j = 0; j <= i; j++)
            {
                var other = matrix.Slice(j * size, j + 1);
                var rest = row[j] - TensorPrimitives.Dot<double>(row[..j], other[..j]);
                row[j] = i == j ? Math.Sqrt(Math.Max(rest, 1e-300)) : rest / other[j];
            }
        }

        for (var i = 0; i < size; i++)
        {
            var row = matrix.Slice(i * size, i + 1);
            right[i] = (right[i] - TensorPrimitives.Dot<double>(row[..i], right[..i])) / row[i];
        }

        for (var i = size - 1; i >= 0; i--)
        {
            var row = matrix.Slice(i * size, i + 1);
            right[i] /= row[i];
            TensorPrimitives.MultiplyAdd<double>(row[..i], -right[i], right[..i], right[..i]);
        }
    }
}
