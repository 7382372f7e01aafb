using Maestro.Telemetry.Forecasting.Errors;

namespace Maestro.Telemetry.Forecasting.Models.Ssa;

/// <summary>Learns a signal from the beginning of a series, and finds how many components make it up.</summary>
internal sealed class SsaFit
{
    /// <summary>About how many past forecasts a rank is judged on, in each part of the history.</summary>
    private const int WantedOrigins = 96;

    /// <summary>Nothing is expected further from the mean than this many times what was ever seen.</summary>
    private const double Reach = 3;

    private readonly double[] _values;
    private readonly double[] _filled;
    private readonly SsaOptions _options;
    private readonly int _window;
    private readonly int _maxRank;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<int, Learned> _learned = [];
    private int _rank;
    private int[] _horizons = [1];
    private double[] _carry = [0];

    public SsaFit(double[] values, SsaOptions options, int window, int maxRank, CancellationToken cancellationToken)
    {
        (_values, _filled, _options) = (values, Gaps.Fill(values), options);
        (_window, _maxRank, _cancellationToken) = (window, maxRank, cancellationToken);
    }

    /// <summary>Finds, in parts of the history that components were not learned from, the rank and the carry.</summary>
    /// <param name="cuts">Where the parts begin.</param>
    /// <param name="horizon">Steps to forecast.</param>
    public void Settle(int[] cuts, int horizon)
    {
        ChooseRank(cuts, horizon);
        _horizons = HorizonBuckets.UpTo(horizon);
        var sums = new CarrySums(_horizons);
        for (var part = 0; part < cuts.Length; part++)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            Misses(_rank, cuts[part], part + 1 < cuts.Length ? cuts[part + 1] : _values.Length, horizon, sums);
        }

        _carry = sums.Solve();
    }

    /// <summary>Learns from the first so many values; knows what there is to know after them.</summary>
    public Signal Learn(int count)
    {
        var learned = Of(count);
        var (rank, shift) = (_rank, Shift(learned, _rank));
        while (shift is null)
        {
            shift = Shift(learned, --rank);
        }

        var known = count;
        while (double.IsNaN(_values[known - 1]) && known > _window)
        {
            known--;
        }

        var last = learned.Centred[(known - _window)..known];
        var signal = new Signal(new()
        {
            Window = _window,
            Rank = rank,
            Components = Signal.Bytes(learned.Components.Values.AsSpan(0, rank * _window)),
            Shift = Signal.Bytes(shift),
            Last = Signal.Bytes(last),
            Horizons = _horizons,
            Carry = _carry,
            Mean = learned.Mean,
            Farthest = Reach * learned.Farthest,
            Growth = _options.ShouldStabilize ? _options.MaxGrowth.PerStep : null,
            Discount = _options.DiscountFactor,
            Covariance = _options.IsAdaptive ? Signal.Bytes(learned.Covariance) : [],
        });
        for (; known < count; known++)
        {
            signal.Step(double.NaN);
        }

        return signal;
    }

    /// <summary>The rank that missed least over all steps; 0 is the mean.</summary>
    private void ChooseRank(int[] cuts, int horizon)
    {
        if (_options.RankSelectionMethod == RankSelectionMethod.Fixed)
        {
            _rank = Math.Min(_options.Rank ?? _maxRank, _maxRank);
            return;
        }

        var least = double.PositiveInfinity;
        for (var rank = 0; rank <= _maxRank; rank = Next(rank))
        {
            var misses = 0.0;
            for (var part = 0; part < cuts.Length; part++)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                misses += Misses(rank, cuts[part], part + 1 < cuts.Length ? cuts[part + 1] : _values.Length, horizon, null);
            }

            (_rank, least) = misses < least ? (rank, misses) : (_rank, least);
        }
    }

    private int Next(int rank)
    {
        var step = _options.RankSelectionMethod == RankSelectionMethod.Exact ? 1 : 1 + (rank / 6);
        return rank == _maxRank ? rank + 1 : Math.Min(_maxRank, rank + step);
    }

    private double[]? Shift(Learned learned, int rank)
    {
        var shift = learned.Components.Shift(rank);
        if (shift is not null && _options.ShouldStabilize && rank > 0)
        {
            Stabilizer.Hold(shift, rank, _options.MaxGrowth.PerStep);
        }

        return shift;
    }

    private double Misses(int rank, int from, int to, int horizon, CarrySums? carry)
    {
        var learned = Of(from);
        if (Shift(learned, rank) is not { } shift)
        {
            return double.PositiveInfinity;
        }

        var components = learned.Components.Values.AsSpan(0, rank * _window);
        var responses = Signal.Respond(components, shift, rank, horizon);
        var scores = new double[rank];
        var (sum, count) = (0.0, 0);
        for (var origin = from; origin < to; origin += Math.Max(1, (to - from) / WantedOrigins) | 1)
        {
            for (var i = 0; i < rank; i++)
            {
                scores[i] = Score(components.Slice(i * _window, _window), origin, learned.Mean);
            }

            carry?.Begin(Off(components, scores, origin, learned.Mean));
            for (var step = 0; step < horizon && origin + step < _values.Length; step++)
            {
                var expected = Math.Clamp(
                    Vectors.Dot(responses.AsSpan(step * rank, rank), scores),
                    -Reach * learned.Farthest,
                    Reach * learned.Farthest);
                var miss = _values[origin + step] - learned.Mean - expected;
                carry?.Add(step + 1, miss);
                miss = Math.Abs(miss);
                (sum, count) = double.IsNaN(miss) ? (sum, count) : (sum + miss, count + 1);
            }
        }

        return count == 0 ? 0 : sum / count;
    }

    /// <summary>How far the last value before an origin is off the signal; 0 when it is missing.</summary>
    private double Off(ReadOnlySpan<double> components, double[] scores, int origin, double mean)
    {
        var off = _values[origin - 1] - mean;
        for (var i = 0; i < scores.Length; i++)
        {
            off -= scores[i] * components[((i + 1) * _window) - 1];
        }

        return double.IsNaN(off) ? 0 : off;
    }

    /// <summary>How much of a component is in the window before an origin.</summary>
    private double Score(ReadOnlySpan<double> component, int origin, double mean)
    {
        var sum = 0.0;
        var window = _filled.AsSpan(origin - _window, _window);
        for (var i = 0; i < component.Length; i++)
        {
            sum += component[i] * (window[i] - mean);
        }

        return sum;
    }

    private Learned Of(int count)
    {
        if (_learned.TryGetValue(count, out var found))
        {
            return found;
        }

        _cancellationToken.ThrowIfCancellationRequested();
        var past = _filled.AsSpan(0, count);
        var mean = 0.0;
        foreach (var value in past)
        {
            mean += value / count;
        }

        var centred = new double[count];
        var farthest = 0.0;
        for (var i = 0; i < count; i++)
        {
            centred[i] = past[i] - mean;
            farthest = Math.Max(farthest, Math.Abs(centred[i]));
        }

        var covariance = TrajectoryCovariance.Of(centred, _window);
        return _learned[count] = new(
            centred,
            mean,
            farthest,
            covariance,
            Components.Of(covariance, _window, _maxRank));
    }

    private sealed record Learned(
        double[] Centred,
        double Mean,
        double Farthest,
        double[] Covariance,
        Components Components);
}
