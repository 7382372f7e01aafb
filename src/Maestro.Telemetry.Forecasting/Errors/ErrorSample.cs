namespace Maestro.Telemetry.Forecasting.Errors;

/// <summary>The scaled errors of one horizon.</summary>
internal sealed class ErrorSample(int capacity)
{
    /// <summary>Scaled errors beyond this are cut: the scale was next to nothing, the ratio says no more.</summary>
    private const double Largest = 1_000;

    private readonly double[] _errors = new double[2 * capacity];

    public int Count { get; private set; }

    public void Add(double error, double scale)
    {
        var scaled = error == 0 ? 0 : scale > 0 ? error / scale : Math.Sign(error) * Largest;
        _errors[Count++] = Math.Clamp(scaled, -Largest, Largest);
    }

    /// <summary>Adds each error once more with the other sign: which way they went by chance is then forgotten.</summary>
    public void Mirror()
    {
        for (var (i, count) = (0, Count); i < count; i++)
        {
            _errors[Count++] = -_errors[i];
        }
    }

    /// <summary>Quantiles at ascending levels, widened for what few independent errors do not show.</summary>
    /// <param name="levels">Ascending.</param>
    /// <param name="independent">How many errors do not overlap in time.</param>
    /// <param name="destination">One per level.</param>
    public void Quantiles(ReadOnlySpan<double> levels, double independent, Span<double> destination)
    {
        var sorted = _errors.AsSpan(0, Count);
        sorted.Sort();
        var median = Errors.Quantiles.OfSorted(sorted, 0.5);

        // The spread of a sample of n has a relative error of about 1/sqrt(2n).
        var widening = 1 + (1 / Math.Sqrt(2 * Math.Max(1, independent)));
        for (var i = 0; i < levels.Length; i++)
        {
            destination[i] = median + (widening * (Errors.Quantiles.OfSorted(sorted, levels[i]) - median));
        }
    }
}
