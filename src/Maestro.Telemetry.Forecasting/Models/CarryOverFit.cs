using Maestro.Telemetry.Forecasting.Errors;

namespace Maestro.Telemetry.Forecasting.Models;

/// <summary>
/// Learns the carry-over by least absolute deviations (iteratively reweighted least squares; Holland and Welsch, 1977,
/// "Robust regression using iteratively reweighted least-squares"), one regression of two coefficients per horizon.
/// </summary>
internal static class CarryOverFit
{
    private const int Rounds = 4;

    /// <summary>Pulls the coefficients towards zero when there is little to learn from.</summary>
    private const double Ridge = 1e-3;

    /// <summary>Learns from the origins that <paramref name="use"/> admits.</summary>
    public static CarryOver Learn(
        ReadOnlySpan<double> values,
        IReadOnlyList<LevelPoint> points,
        Func<int, bool> use,
        int longest)
    {
        var horizons = HorizonBuckets.UpTo(longest);
        var recent = new double[horizons.Length];
        var excess = new double[horizons.Length];
        var rows = new List<Row>(points.Count);
        for (var i = 0; i < horizons.Length; i++)
        {
            Collect(values, points, use, horizons[i], rows);
            (recent[i], excess[i]) = rows.Count >= 10 ? Solve(rows) : i > 0 ? (recent[i - 1], excess[i - 1]) : (1, 0);
        }

        return new() { Horizons = horizons, Recent = recent, Excess = excess };
    }

    private static void Collect(
        ReadOnlySpan<double> values,
        IReadOnlyList<LevelPoint> points,
        Func<int, bool> use,
        int horizon,
        List<Row> rows)
    {
        rows.Clear();
        for (var i = 0; i < points.Count; i++)
        {
            var point = points[i];
            var target = point.Index + horizon;
            if (target >= values.Length || double.IsNaN(values[(int)target]) || !use(i))
            {
                continue;
            }

            var profile = point.Profile.At(target);
            var scale = point.Scale(profile * point.Slow);
            if (scale > 0)
            {
                rows.Add(new(
                    profile * (point.Recent - point.Slow) / scale,
                    point.Excess / scale,
                    (values[(int)target] - (profile * point.Slow)) / scale));
            }
        }
    }

    private static (double Recent, double Excess) Solve(List<Row> rows)
    {
        var (a, b) = (0.0, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            var (aa, ab, bb, ar, br) = (0.0, 0.0, 0.0, 0.0, 0.0);
            foreach (var row in rows)
            {
                var weight = round == 0 ? 1 : 1 / Math.Max(0.02, Math.Abs(row.Target - (a * row.Recent) - (b * row.Excess)));
                aa += weight * row.Recent * row.Recent;
                ab += weight * row.Recent * row.Excess;
                bb += weight * row.Excess * row.Excess;
                ar += weight * row.Recent * row.Target;
                br += weight * row.Excess * row.Target;
            }

            var ridge = (Ridge * (aa + bb)) + 1e-12;
            var determinant = ((aa + ridge) * (bb + ridge)) - (ab * ab);
            a = Math.Clamp(((ar * (bb + ridge)) - (br * ab)) / determinant, -0.2, 1.3);
            b = Math.Clamp(((br * (aa + ridge)) - (ar * ab)) / determinant, -0.2, 1.3);
        }

        return (a, b);
    }

    private readonly record struct Row(double Recent, double Excess, double Target);
}
