using Maestro.Telemetry.Forecasting.Errors;

namespace Maestro.Telemetry.Forecasting.Calibration;

/// <summary>
/// Corrects a model's quantiles by what those issued before were worth, at a few horizons; between them the
/// correction is interpolated.
/// </summary>
internal sealed class OnlineCalibration
{
    private static readonly int[] Representative = [1, 2, 3, 6, 12, 24, 48, 96, 192, 384, 768];

    private readonly HorizonCalibration[] _byHorizon;
    private readonly int[] _horizons;
    private int _position;

    public OnlineCalibration(CalibrationState state)
        : this(state, keepWaiting: true)
    {
    }

    private OnlineCalibration(CalibrationState state, bool keepWaiting)
    {
        _byHorizon = [.. state.Horizons.Select(horizon => new HorizonCalibration(horizon, keepWaiting))];
        _horizons = [.. _byHorizon.Select(static horizon => horizon.Horizon)];
        _position = state.Position;
        Anomaly = new(state.Anomaly);
    }

    public IReadOnlyList<HorizonCalibration> Horizons => _byHorizon;

    public AnomalyWatch Anomaly { get; }

    /// <summary>A calibration that goes on from another one where both have a horizon.</summary>
    /// <param name="longest">The longest horizon of the model, in steps.</param>
    /// <param name="window">The window whose maximum is planned with, in steps.</param>
    /// <param name="before">What was learned of the series before; null when nothing was.</param>
    /// <param name="continues">True when <paramref name="before"/> has seen the series up to here.</param>
    public static OnlineCalibration Begin(int longest, int window, CalibrationState? before, bool continues)
    {
        int[] wanted = [.. Representative, Math.Min(window, longest), longest];
        int[] horizons = [.. wanted.Where(h => h <= longest).Distinct().Order()];
        return new(
            new CalibrationState
            {
                Position = continues ? before?.Position ?? 0 : 0,
                Horizons = [.. horizons.Select(h => Find(before, h) ?? new HorizonState { Horizon = h })],
                Anomaly = continues ? before?.Anomaly ?? new() : new(),
            },
            continues);
    }

    /// <summary>The longest of the horizons that is at most so many steps; the shortest if none is.</summary>
    public HorizonCalibration At(int steps) =>
        Array.FindLast(_byHorizon, horizon => horizon.Horizon <= steps) ?? _byHorizon[0];

    public CalibrationState Save() => new()
    {
        Position = _position,
        Horizons = [.. _byHorizon.Select(static horizon => horizon.Save())],
        Anomaly = Anomaly.Save(),
    };

    /// <summary>Takes the next value: scores what was issued for it.</summary>
    /// <param name="value">NaN when missing.</param>
    public void Observe(double value)
    {
        var near = _byHorizon.Where(static horizon => horizon.Horizon <= 3);
        Anomaly.Take(value, [.. near.Select(static horizon => horizon.Due).OfType<double[]>()]);
        foreach (var horizon in _byHorizon)
        {
            horizon.Observe(value);
        }

        _position++;
    }

    /// <summary>How far a forecast from here must reach so that all horizons that are due have theirs.</summary>
    public int StepsDue() => _byHorizon.Last(IsDue).Horizon;

    /// <summary>Waits for what becomes of a corrected forecast from here.</summary>
    /// <param name="forecast">At the tracked levels, over <see cref="StepsDue"/> steps.</param>
    public void Issue(QuantileForecast forecast)
    {
        foreach (var horizon in _byHorizon)
        {
            if (IsDue(horizon))
            {
                horizon.Issue(forecast);
            }
        }
    }

    /// <summary>Corrects a forecast.</summary>
    /// <param name="raw">At the levels that the plan asks for.</param>
    /// <param name="plan">Which levels are wanted.</param>
    /// <param name="bounds">The values that there can be.</param>
    /// <returns>The forecast at the asked levels; its quantiles do not cross.</returns>
    public QuantileForecast Correct(QuantileForecast raw, LevelPlan plan, ValueBounds bounds)
    {
        var (steps, levels) = (raw.Steps, plan.Asked.Length);
        var marginal = new double[steps * levels];
        var maximum = new double[steps * levels];
        double[][] marginalTerms = [.. _byHorizon.Select(horizon => plan.Terms(horizon.Marginal))];
        double[][] maximumTerms = [.. _byHorizon.Select(horizon => plan.Terms(horizon.Maximum))];
        var terms = new double[levels];
        for (var step = 0; step < steps; step++)
        {
            var (bucket, share) = HorizonBuckets.Locate(_horizons, step + 1);
            var row = step * levels;
            Blend(marginalTerms, bucket, share, terms);
            CorrectRow(raw.Marginal.AsSpan(row, levels), terms, plan, bounds, marginal.AsSpan(row, levels));
            Blend(maximumTerms, bucket, share, terms);
            CorrectRow(raw.PathMaximum.AsSpan(row, levels), terms, plan, bounds, maximum.AsSpan(row, levels));
            for (var level = 0; level < levels; level++)
            {
                var before = step == 0 ? double.NegativeInfinity : maximum[row - levels + level];
                maximum[row + level] = Math.Max(Math.Max(maximum[row + level], marginal[row + level]), before);
            }
        }

        return new(plan.Asked, marginal, maximum);
    }

    private static HorizonState? Find(CalibrationState? state, int horizon) =>
        state?.Horizons.FirstOrDefault(h => h.Horizon == horizon);

    private static void Blend(double[][] terms, int bucket, double share, Span<double> destination)
    {
        for (var level = 0; level < destination.Length; level++)
        {
            var here = terms[bucket][level];
            destination[level] = share == 0 ? here : here + (share * (terms[bucket + 1][level] - here));
        }
    }

    private static void CorrectRow(
        ReadOnlySpan<double> raw,
        ReadOnlySpan<double> terms,
        LevelPlan plan,
        ValueBounds bounds,
        Span<double> corrected)
    {
        var median = raw[plan.Median];
        var deviation = (raw[plan.High] - raw[plan.Low]) / TrackedLevels.InnerWidth;
        var centre = median + (terms[plan.Median] * deviation);
        for (var level = 0; level < raw.Length; level++)
        {
            var factor = level == plan.Median ? 0 : terms[level];
            var value = bounds.Clamp(centre + (factor * (raw[level] - median)));
            corrected[level] = level == 0 ? value : Math.Max(value, corrected[level - 1]);
        }
    }

    private bool IsDue(HorizonCalibration horizon) => _position % horizon.Stride == 0;
}
