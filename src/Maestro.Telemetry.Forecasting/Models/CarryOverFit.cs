using Maestro.Telemetry.Forecasting.Errors;

namespace Maestro.Telemetry.Forecasting.Models;

/// <summary>
/// Learns the carry-over by least absolute deviations (iteratively reweighted least squares; Holland and Welsch, 1977,
/// "Robust regression using iteratively reweighted least-squares"), one regression of three coefficients per horizon.
/// </summary>
internal static class CarryOverFit
{
    private const int Rounds = 4;

    private const int FewestRows = 10;

    /// <summary>Without evidence a change of the slow level stays: that has this share of the weight.</summary>
    private const double SlowRidge = 0.1;

    /// <summary>Without evidence faster deviations vanish.</summary>
    private const double Ridge = 1e-3;

    /// <summary>Learns from the origins that <paramref name="use"/> admits.</summary>
    public static CarryOver Learn(
        ReadOnlySpan<double> values,
        IReadOnlyList<LevelPoint> points,
        Func<int, bool> use,
        int longest)
    {
        var horizons = HorizonBuckets.UpTo(longest);
        var (slow, recent, excess) =
            (new double[horizons.Length], new double[horizons.Length], new double[horizons.Length]);
        var rows = new List<Row>(points.Count);
        for (var i = 0; i < horizons.Length; i++)
        {
            Collect(values, points, use, horizons[i], rows);
            (slow[i], recent[i], excess[i]) = rows.Count >= FewestRows
                ? Solve(rows)
                : i > 0 ? (slow[i - 1], recent[i - 1], excess[i - 1]) : (1, 1, 0);
        }

        return new() { Horizons = horizons, Slow = slow, Recent = recent, Excess = excess };
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
                    profile * (point.Slow - 1) / scale,
                    profile * (point.Recent - point.Slow) / scale,
                    point.Excess / scale,
                    (values[(int)target] - (profile * point.Slow)) / scale));
            }
        }
    }

    private static (double Slow, double Recent, double Excess) Solve(List<Row> rows)
    {
        var (lost, recent, excess) = (0.0, 0.0, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            var sums = default(Sums);
            foreach (var row in rows)
            {
                var miss = row.Target - (lost * row.Slow) - (recent * row.Recent) - (excess * row.Excess);
                sums.Add(row, round == 0 ? 1 : 1 / Math.Max(0.02, Math.Abs(miss)));
            }

            (lost, recent, excess) = sums.Solve();
        }

        return (1 + Math.Clamp(lost, -1, 0), Math.Clamp(recent, -0.2, 1.3), Math.Clamp(excess, -0.2, 1.3));
    }

    /// <summary>One past forecast in units of its scale: the three deviations, and what came above it.</summary>
    private readonly record struct Row(double Slow, double Recent, double Excess, double Target);

    /// <summary>Weighted normal equations.</summary>
    private record struct Sums
    {
        private double _ss, _sr, _se, _rr, _re, _ee, _st, _rt, _et;

        public void Add(in Row row, double weight)
        {
            var (slow, recent, excess) = (weight * row.Slow, weight * row.Recent, weight * row.Excess);
            _ss += slow * row.Slow;
            _sr += slow * row.Recent;
            _se += slow * row.Excess;
            _rr += recent * row.Recent;
            _re += recent * row.Excess;
            _ee += excess * row.Excess;
            _st += slow * row.Target;
            _rt += recent * row.Target;
            _et += excess * row.Target;
        }

        /// <summary>Cramer's rule, after the ridge has made the matrix positive definite.</summary>
        public readonly (double Slow, double Recent, double Excess) Solve()
        {
            var ridge = (Ridge * (_rr + _ee)) + 1e-12;
            var (ss, rr, ee) = ((_ss * (1 + SlowRidge)) + ridge, _rr + ridge, _ee + ridge);
            var (slow, recent, excess) = ((rr * ee) - (_re * _re), (_re * _se) - (_sr * ee), (_sr * _re) - (rr * _se));
            var determinant = (ss * slow) + (_sr * recent) + (_se * excess);
            var (recent2, excess2) = ((ss * ee) - (_se * _se), (ss * rr) - (_sr * _sr));
            var mixed = (_sr * _se) - (ss * _re);
            return (
                ((slow * _st) + (recent * _rt) + (excess * _et)) / determinant,
                ((recent * _st) + (recent2 * _rt) + (mixed * _et)) / determinant,
                ((excess * _st) + (mixed * _rt) + (excess2 * _et)) / determinant);
        }
    }
}
