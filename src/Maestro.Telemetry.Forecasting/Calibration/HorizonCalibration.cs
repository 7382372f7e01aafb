namespace Maestro.Telemetry.Forecasting.Calibration;

/// <summary>What forecasts of one horizon were worth: quantiles that wait, and the corrections.</summary>
internal sealed class HorizonCalibration
{
    /// <summary>A step of the corrections when outcomes are independent of each other.</summary>
    private const double Rate = 0.02;

    /// <summary>Forecasts that are waited for at most: outcomes that overlap more say little more.</summary>
    private const int MostWaiting = 24;

    private readonly Queue<IssuedQuantiles> _waiting;

    public HorizonCalibration(HorizonState state, bool keepWaiting)
    {
        Horizon = state.Horizon;
        Marginal = new(state.Marginal);
        Maximum = new(state.Maximum);
        _waiting = new(keepWaiting ? state.Waiting.Select(static issued => issued with { }) : []);
        Stride = Math.Max(1, Horizon / MostWaiting);
    }

    /// <summary>In steps.</summary>
    public int Horizon { get; }

    /// <summary>Steps from one forecast that is waited for to the next.</summary>
    public int Stride { get; }

    public QuantileTracker Marginal { get; }

    public QuantileTracker Maximum { get; }

    /// <summary>The quantiles of the value that comes next; null when none were issued.</summary>
    public double[]? Due => _waiting.TryPeek(out var first) && first.Left == 1 ? first.Marginal : null;

    public HorizonState Save() => new()
    {
        Horizon = Horizon,
        Marginal = Marginal.Save(),
        Maximum = Maximum.Save(),
        Waiting = [.. _waiting.Select(static issued => issued with { })],
    };

    public void Observe(double value)
    {
        var done = false;
        foreach (var issued in _waiting)
        {
            done |= issued.Take(value);
        }

        if (!done)
        {
            return;
        }

        // Outcomes of forecasts that overlap come in runs of about so many.
        var rate = Rate / Math.Sqrt(Math.Min(Horizon, MostWaiting));
        var ended = _waiting.Dequeue();
        if (!double.IsNaN(value))
        {
            Marginal.Score(value, ended.Marginal, rate);
        }

        if (!double.IsNaN(ended.Highest))
        {
            Maximum.Score(ended.Highest, ended.Maximum, rate);
        }
    }

    /// <summary>Waits for the outcome of a forecast.</summary>
    /// <param name="forecast">At the tracked levels, at least up to the horizon.</param>
    public void Issue(QuantileForecast forecast)
    {
        var row = (Horizon - 1) * TrackedLevels.Count;
        _waiting.Enqueue(new()
        {
            Left = Horizon,
            Marginal = forecast.Marginal[row..(row + TrackedLevels.Count)],
            Maximum = forecast.PathMaximum[row..(row + TrackedLevels.Count)],
        });
    }
}
