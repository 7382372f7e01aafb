namespace Maestro.Telemetry.Forecasting.Calibration;

/// <summary>
/// Learns at which times of the season (the day) forecasts err more than at others, and how much wider or narrower they
/// ought to be there. Where yesterday's rise came an hour early, today's may too; a correction that is the same for all
/// hours is as wide at night as it must be in the morning, and in the morning not wide enough.
/// </summary>
/// <remarks>
/// An error is taken in standard deviations of the model's own forecast of one window ahead. The width goes with the
/// square root of the ratio of the time's errors to the season's: half of what they say, on a logarithmic scale, since
/// one season's errors say little of the next one's.
/// </remarks>
internal sealed class ErrorsOfDay
{
    /// <summary>How much the newest season counts; more makes noise of series whose errors know no time of day.</summary>
    private const double Gain = 0.2;

    /// <summary>Larger errors, in standard deviations, count as this: a single accident is no time of day.</summary>
    private const double LargestError = 3;

    private const double LargestWidth = 3;

    /// <summary>Errors this part of a season before and after count for a time: half an hour of a day.</summary>
    private const int PartOfSeason = 48;

    private readonly int _window;
    private readonly int _radius;
    private readonly double[] _sizes;
    private readonly Queue<double> _recent;
    private readonly Queue<IssuedSpread> _waiting;
    private int _slot;
    private double _usual;

    /// <param name="state">What was learned.</param>
    /// <param name="window">Steps ahead that errors are of.</param>
    /// <param name="keepWaiting">False to wait for nothing that was issued before.</param>
    /// <exception cref="FormatException">The state does not hang together.</exception>
    public ErrorsOfDay(ErrorsOfDayState state, int window, bool keepWaiting)
    {
        if (state.Sizes.Length > 0 && (state.Slot < 0 || state.Slot >= state.Sizes.Length))
        {
            throw new FormatException($"The saved state is at slot {state.Slot} of {state.Sizes.Length}.");
        }

        (_window, _radius, _slot) = (window, state.Sizes.Length / PartOfSeason, state.Slot);
        (_sizes, _recent) = ([.. state.Sizes], new(state.Recent));
        _waiting = new(keepWaiting ? state.Waiting : []);
        _usual = Mean(_sizes);
    }

    public ErrorsOfDayState Save() =>
        new() { Slot = _slot, Sizes = [.. _sizes], Recent = [.. _recent], Waiting = [.. _waiting] };

    /// <summary>Takes the next value.</summary>
    /// <param name="value">NaN when missing.</param>
    public void Observe(double value)
    {
        if (_sizes.Length == 0)
        {
            return;
        }

        var error = _waiting.Count >= _window ? _waiting.Dequeue().Error(value) : double.NaN;
        _recent.Enqueue(Math.Min(error, LargestError));
        if (_recent.Count > (2 * _radius) + 1)
        {
            _recent.Dequeue();
        }

        // The errors around a time are known only when those after it are.
        Learn(Wrap(_slot - _radius), Mean([.. _recent]));
        _slot = Wrap(_slot + 1);
        _usual = Mean(_sizes);
    }

    /// <summary>Waits for what becomes of a forecast.</summary>
    /// <param name="raw">The model's own, at the tracked levels; it may be shorter than the window.</param>
    public void Issue(QuantileForecast raw)
    {
        if (_sizes.Length > 0)
        {
            _waiting.Enqueue(IssuedSpread.Of(raw, _window - 1));
        }
    }

    /// <summary>The factor on the distance of quantiles from the median.</summary>
    /// <param name="step">Of the forecast, from 0.</param>
    public double Width(int step)
    {
        if (_sizes.Length == 0)
        {
            return 1;
        }

        var ratio = _sizes[Wrap(_slot + step)] / _usual;
        return double.IsFinite(ratio) ? Math.Clamp(Math.Sqrt(ratio), 1 / LargestWidth, LargestWidth) : 1;
    }

    private void Learn(int slot, double size)
    {
        if (!double.IsNaN(size))
        {
            var before = _sizes[slot];
            _sizes[slot] = double.IsNaN(before) ? size : before + (Gain * (size - before));
        }
    }

    private int Wrap(int slot) => ((slot % _sizes.Length) + _sizes.Length) % _sizes.Length;

    /// <summary>Of those that are known; NaN when none is.</summary>
    private static double Mean(double[] values)
    {
        var (sum, count) = (0.0, 0);
        foreach (var value in values)
        {
            (sum, count) = double.IsNaN(value) ? (sum, count) : (sum + value, count + 1);
        }

        return sum / count;
    }
}
