using MathNet.Numerics.LinearAlgebra;

namespace Maestro.Telemetry.Forecasting.Models.Ssa;

/// <summary>Keeps components from growing without end.</summary>
internal static class Stabilizer
{
    /// <summary>Rounding may take an eigenvalue this far above its bound.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>
    /// Eigenvalues beyond the bound are scaled back to it; the others, and all phases, stay. Where the eigenvectors are
    /// too near to each other for that to be accurate, the whole shift is scaled instead.
    /// </summary>
    /// <param name="shift">Row-major, rank × rank; changed in place.</param>
    /// <param name="rank">Components.</param>
    /// <param name="growth">The largest factor over one step.</param>
    public static void Hold(double[] shift, int rank, double growth)
    {
        var matrix = Matrix<double>.Build.Dense(rank, rank, (i, j) => shift[(i * rank) + j]);
        var decomposition = matrix.Evd(Symmetricity.Asymmetric);
        var largest = decomposition.EigenValues.Enumerate().Max(static value => value.Magnitude);
        if (largest <= growth + Tolerance)
        {
            return;
        }

        var (vectors, blocks) = (decomposition.EigenVectors, decomposition.D);
        var held = blocks.Clone();
        for (var j = 0; j < rank; j++)
        {
            // A pair of complex eigenvalues is a two by two block: both its columns belong to the same magnitude.
            var magnitude = decomposition.EigenValues[j].Magnitude;
            if (magnitude > growth)
            {
                held.SetColumn(j, held.Column(j) * (growth / magnitude));
            }
        }

        var inverse = vectors.Inverse();
        var accurate = (vectors * blocks * inverse) - matrix;
        var result = accurate.FrobeniusNorm() <= 1e-6 * matrix.FrobeniusNorm()
            ? vectors * held * inverse
            : matrix * (growth / largest);
        for (var i = 0; i < rank; i++)
        {
            for (var j = 0; j < rank; j++)
            {
                shift[(i * rank) + j] = result[i, j];
            }
        }
    }
}
