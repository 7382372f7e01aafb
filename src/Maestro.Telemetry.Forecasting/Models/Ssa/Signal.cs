using System.Runtime.InteropServices;
using Maestro.Telemetry.Forecasting.Errors;

namespace Maestro.Telemetry.Forecasting.Models.Ssa;

/// <summary>The part of a series that its strongest components explain, and how it goes on.</summary>
internal sealed class Signal : IRolling<SsaState>
{
    private readonly SsaState _state;
    private readonly double[] _last;
    private readonly double[] _window;
    private readonly double[] _covariance;
    private double[] _components;
    private double[] _shift;
    private double[] _responses = [];
    private int _oldest;
    private int _taken;

    public Signal(SsaState state)
    {
        _state = state;
        _components = Doubles(state.Components);
        _shift = Doubles(state.Shift);
        _last = Doubles(state.Last);
        _covariance = Doubles(state.Covariance);
        _taken = state.Taken;
        _window = new double[_last.Length];
    }

    /// <summary>A missing value is taken to be what was expected.</summary>
    public void Step(double value)
    {
        Span<double> next = [value];
        if (double.IsNaN(value))
        {
            Expect(next);
        }

        _last[_oldest] = next[0] - _state.Mean;
        _oldest = (_oldest + 1) % _last.Length;
        if (_covariance.Length > 0)
        {
            Adapt();
        }
    }

    public void Expect(Span<double> expected)
    {
        var rank = _state.Rank;
        Respond(expected.Length);
        Unroll();
        Span<double> scores = new double[rank];
        for (var i = 0; i < rank; i++)
        {
            scores[i] = Vectors.Dot(_components.AsSpan(i * _window.Length, _window.Length), _window);
        }

        var off = _window[^1];
        for (var i = 0; i < rank; i++)
        {
            off -= scores[i] * _components[((i + 1) * _window.Length) - 1];
        }

        for (var step = 0; step < expected.Length; step++)
        {
            var value = Vectors.Dot(_responses.AsSpan(step * rank, rank), scores) + (off * CarryAt(step + 1));
            expected[step] = _state.Mean + Math.Clamp(value, -_state.Farthest, _state.Farthest);
        }
    }

    public SsaState Save()
    {
        Unroll();
        return _state with
        {
            Components = Bytes(_components),
            Shift = Bytes(_shift),
            Last = Bytes(_window),
            Covariance = Bytes(_covariance),
            Taken = _taken,
        };
    }

    internal static byte[] Bytes(ReadOnlySpan<double> values) => MemoryMarshal.AsBytes(values).ToArray();

    /// <summary>What the components a number of steps on add to the last value: row-major, steps × rank.</summary>
    internal static double[] Respond(ReadOnlySpan<double> components, ReadOnlySpan<double> shift, int rank, int steps)
    {
        var responses = new double[steps * rank];
        if (rank == 0)
        {
            return responses;
        }

        var window = components.Length / rank;
        Span<double> row = new double[rank];
        for (var i = 0; i < rank; i++)
        {
            row[i] = components[((i + 1) * window) - 1];
        }

        for (var step = 0; step < steps; step++)
        {
            var next = responses.AsSpan(step * rank, rank);
            for (var i = 0; i < rank; i++)
            {
                for (var j = 0; j < rank; j++)
                {
                    next[j] += row[i] * shift[(i * rank) + j];
                }
            }

            row = next;
        }

        return responses;
    }

    private double CarryAt(int horizon)
    {
        var (bucket, share) = HorizonBuckets.Locate(_state.Horizons, horizon);
        var carry = _state.Carry[bucket];
        return share == 0 ? carry : carry + (share * (_state.Carry[bucket + 1] - carry));
    }

    private void Respond(int steps)
    {
        if (_responses.Length < steps * _state.Rank)
        {
            _responses = Respond(_components, _shift, _state.Rank, steps);
        }
    }

    private void Unroll()
    {
        _last.AsSpan(_oldest).CopyTo(_window);
        _last.AsSpan(0, _oldest).CopyTo(_window.AsSpan(_last.Length - _oldest));
    }

    /// <summary>Learns the window, and once in a window's time the components.</summary>
    private void Adapt()
    {
        Unroll();
        TrajectoryCovariance.Add(_covariance, _window, _state.Discount);
        if (++_taken < _window.Length)
        {
            return;
        }

        _taken = 0;
        var components = Components.Of(_covariance, _window.Length, _state.Rank);
        if (components.Shift(_state.Rank) is { } shift)
        {
            if (_state.Growth is { } growth && _state.Rank > 0)
            {
                Stabilizer.Hold(shift, _state.Rank, growth);
            }

            (_components, _shift, _responses) = (components.Values, shift, []);
        }
    }

    private static double[] Doubles(ReadOnlySpan<byte> bytes) => MemoryMarshal.Cast<byte, double>(bytes).ToArray();
}
