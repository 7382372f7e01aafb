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
    private readonly int _window;
    private readonly ErrorsOfDay _errors;
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
        _window = state.Window;
        _errors = new(state.Errors, _window, keepWaiting);
        Anomaly = new(state.Anomaly);
    }

    public IReadOnlyList<HorizonCalibration> Horizons => _byHorizon;

    public AnomalyWatch Anomaly { get; }

    /// <summary>A calibration that goes on from another one where both have a horizon.</summary>
    /// <param name="longest">The longest horizon of the model, in steps.</param>
    /// <param name="window">The window whose maximum is planned with, in steps.</param>
    /// <param name="season">The steps after which errors come again, a day; 0 for none.</param>
    /// <param name="before">What was learned of the series before; null when nothing was.</param>
    /// <param name="continues">True when <paramref name="before"/> has seen the series up to here.</param>
    public static OnlineCalibration Begin(
        int longest, int window, int season, CalibrationState? before, bool continues)
    {
        int[] wanted = [.. Representative, Math.Min(window, longest), longest];
        int[] horizons = [.. wanted.Where(h => h <= longest).Distinct().Order()];
        return new(
            new CalibrationState
            {
                Position = continues ? before?.Position ?? 0 : 0,
                Window = Math.Min(window, longest),
                Horizons = [.. horizons.Select(h => Find(before, h) ?? new HorizonState { Horizon = h })],
                Errors = before?.Errors is { } errors && errors.Sizes.Length == season
                    ? errors
                    : ErrorsOfDayState.Of(season),
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
        Window = _window,
        Horizons = [.. _byHorizon.Select(static horizon => horizon.Save())],
        Errors = _errors.Save(),
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

        _errors.Observe(value);
        _position++;
    }

    /// <summary>How far a forecast from here must reach so that all horizons that are due have theirs.</summary>
    public int StepsDue() => _byHorizon.Last(IsDue).Horizon;

    /// <summary>Waits for what becomes of a forecast from here.</summary>
    /// <param name="raw">The model's own, at the tracked levels, over <see cref="StepsDue"/> steps.</param>
    /// <param name="forecast">The same, corrected.</param>
    public void Issue(QuantileForecast raw, QuantileForecast forecast)
    {
        _errors.Issue(raw);
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
        var widths = 0.0;
        for (var step = 0; step < steps; step++)
        {
            var (bucket, share) = HorizonBuckets.Locate(_horizons, step + 1);
            var row = step * levels;
            var width = _errors.Width(step);
            widths += width;
            Blend(marginalTerms, bucket, share, terms);
            CorrectRow(raw.Marginal.AsSpan(row, levels), width, terms, plan, bounds, marginal.AsSpan(row, levels));
            Blend(maximumTerms, bucket, share, terms);

            // A maximum may come from any of the steps up to it.
            CorrectRow(
                raw.PathMaximum.AsSpan(row, levels), widths / (step + 1), terms, plan, bounds, maximum.AsSpan(row, levels));
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
        double width,
        ReadOnlySpan<double> terms,
        LevelPlan plan,
        ValueBounds bounds,
        Span<double> corrected)
    {
        var median = raw[plan.Median];
        var deviation = width * (raw[plan.High] - raw[plan.Low]) / TrackedLevels.InnerWidth;
        var centre = median + (terms[plan.Median] * deviation);
        for (var level = 0; level < raw.Length; level++)
        {
            var factor = level == plan.Median ? 0 : width * terms[level];
            var value = bounds.Clamp(centre + (factor * (raw[level] - median)));
            corrected[level] = level == 0 ? value : Math.Max(value, corrected[level - 1]);
        }
    }

    private bool IsDue(HorizonCalibration horizon) => _position % horizon.Stride == 0;
}
