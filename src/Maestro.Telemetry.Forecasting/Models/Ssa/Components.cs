using MathNet.Numerics.LinearAlgebra;

namespace Maestro.Telemetry.Forecasting.Models.Ssa;

/// <summary>
/// The principal components of a series' windows, strongest first, and how one window's follow from those of the window
/// a step before: the shift of the signal subspace (vector forecasting; Golyandina, Nekrutkin and Zhigljavsky, 2001,
/// "Analysis of time series structure: SSA and related techniques", chapter 2). The eigenvalues of that shift are the
/// signal roots of the characteristic polynomial of the linear recurrence (Roy and Kailath, 1989, "ESPRIT", IEEE
/// Transactions on Acoustics, Speech and Signal Processing 37:984-995, https://doi.org/10.1109/29.32276); the
/// polynomial itself, of the degree of the window, is never formed: its roots are badly conditioned.
/// </summary>
internal sealed class Components
{
    /// <summary>The last step must not be a component on its own: then nothing follows from what came before it.</summary>
    private const double LargestVerticality = 1 - 1e-6;

    private readonly double[] _overlap;
    private readonly int _count;

    private Components(double[] vectors, int window)
    {
        (Values, Window, _count) = (vectors, window, vectors.Length / window);
        _overlap = new double[_count * _count];
        for (var i = 0; i < _count; i++)
        {
            for (var j = 0; j < _count; j++)
            {
                _overlap[(i * _count) + j] = Vectors.Dot(Of(i)[..^1], Of(j)[1..]);
            }
        }
    }

    public int Window { get; }

    /// <summary>Row-major, components × window.</summary>
    public double[] Values { get; }

    /// <param name="covariance">Row-major, window × window.</param>
    /// <param name="window">Steps of a window.</param>
    /// <param name="count">How many components.</param>
    public static Components Of(double[] covariance, int window, int count)
    {
        var decomposition = Matrix<double>.Build.Dense(window, window, (i, j) => covariance[(i * window) + j])
            .Evd(Symmetricity.Symmetric);
        var vectors = new double[count * window];
        for (var component = 0; component < count; component++)
        {
            for (var i = 0; i < window; i++)
            {
                vectors[(component * window) + i] = decomposition.EigenVectors[i, window - 1 - component];
            }
        }

        return new(vectors, window);
    }

    /// <summary>How the first components follow from those a step before; null when they do not.</summary>
    /// <returns>Row-major, rank × rank.</returns>
    public double[]? Shift(int rank)
    {
        Span<double> last = new double[rank];
        for (var i = 0; i < rank; i++)
        {
            last[i] = Of(i)[^1];
        }

        var verticality = Vectors.Dot(last, last);
        if (verticality > LargestVerticality)
        {
            return null;
        }

        // The pseudo-inverse of the vectors without their last step, by Sherman and Morrison.
        var shift = new double[rank * rank];
        for (var j = 0; j < rank; j++)
        {
            var along = 0.0;
            for (var i = 0; i < rank; i++)
            {
                along += last[i] * _overlap[(i * _count) + j];
            }

            for (var i = 0; i < rank; i++)
            {
                shift[(i * rank) + j] = _overlap[(i * _count) + j] + (last[i] * along / (1 - verticality));
            }
        }

        return shift;
    }

    private ReadOnlySpan<double> Of(int component) => Values.AsSpan(component * Window, Window);
}
