namespace Maestro.Telemetry.Forecasting.Models.HoltWinters;

/// <summary>
/// Finds how fast to learn: the best of a grid by squared errors one step ahead, then a compass search around it.
/// </summary>
internal static class HoltWintersFit
{
    /// <summary>Rounds of the compass search; each that finds nothing better halves the steps.</summary>
    private const int Rounds = 12;

    private static readonly double[] Alphas = [0.02, 0.1, 0.3, 0.6, 0.9];
    private static readonly double[] Betas = [0, 0.02, 0.1];
    private static readonly double[] Gammas = [0.05, 0.2, 0.5];
    private static readonly double[] Phis = [0.9, 0.98];

    public static DampedSeason Learn(ReadOnlySpan<double> values, int period, CancellationToken cancellationToken)
    {
        var start = Start(values, values.Length >= 2 * period ? period : 1);
        var (best, least) = (default(Smoothing), double.PositiveInfinity);
        foreach (var smoothing in Grid(start.Season.Length > 1))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Try(smoothing, values, start, ref best, ref least);
        }

        var (factor, shift) = (1.5, 0.02);
        for (var round = 0; round < Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var before = least;
            foreach (var smoothing in Around(best, factor, shift))
            {
                Try(smoothing, values, start, ref best, ref least);
            }

            (factor, shift) = least < before ? (factor, shift) : (Math.Sqrt(factor), shift / 2);
        }

        return Roll(values, start with { Smoothing = best }).Season;
    }

    /// <summary>Follows the values with given smoothing from the state that the first cycle suggests.</summary>
    internal static (double Squares, DampedSeason Season) Roll(ReadOnlySpan<double> values, HoltWintersState start)
    {
        var season = new DampedSeason(start);
        var squares = 0.0;
        foreach (var value in values)
        {
            var miss = season.Miss(value);
            squares += miss * miss;
        }

        return (squares, season);
    }

    /// <summary>The level is the mean of the first cycle, the season what is left of it; there is no trend yet.</summary>
    internal static HoltWintersState Start(ReadOnlySpan<double> values, int period)
    {
        var filled = Gaps.Known(values) == 0 ? new double[values.Length] : Gaps.Fill(values);
        var cycle = filled.AsSpan(0, period);
        var mean = 0.0;
        foreach (var value in cycle)
        {
            mean += value / period;
        }

        var season = new double[period];
        for (var slot = 0; slot < period; slot++)
        {
            season[slot] = period == 1 ? 0 : cycle[slot] - mean;
        }

        return new() { Smoothing = default, Level = mean, Trend = 0, Season = season, Count = 0 };
    }

    private static void Try(
        Smoothing smoothing,
        ReadOnlySpan<double> values,
        HoltWintersState start,
        ref Smoothing best,
        ref double least)
    {
        var squares = Roll(values, start with { Smoothing = smoothing }).Squares;
        (best, least) = squares < least ? (smoothing, squares) : (best, least);
    }

    private static IEnumerable<Smoothing> Grid(bool seasonal) =>
        from alpha in Alphas
        from beta in Betas
        from gamma in seasonal ? Gammas : [0]
        from phi in Phis
        select new Smoothing(alpha, beta, gamma, phi);

    private static IEnumerable<Smoothing> Around(Smoothing at, double factor, double shift)
    {
        foreach (var turn in (double[])[factor, 1 / factor])
        {
            yield return at with { Alpha = Math.Clamp(at.Alpha * turn, 0.001, 0.99) };
            yield return at with { Beta = Math.Clamp(at.Beta * turn, 0, 0.5) };
            yield return at with { Gamma = Math.Clamp(at.Gamma * turn, 0, 0.95) };
            yield return at with { Phi = Math.Clamp(at.Phi + (turn > 1 ? shift : -shift), 0.8, 0.995) };
        }
    }
}
