using System.Text.Json;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasting.Calibration;
using Maestro.Telemetry.Forecasting.Gate;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Forecasting;

/// <summary>A fitted and judged model that follows its series and issues forecasts. Not thread-safe.</summary>
public sealed class PreparedForecast
{
    private readonly ForecastRequest _request;
    private readonly TrustRecord _trust;
    private readonly CalibratedModel? _baseline;
    private readonly double[] _judgedLevel;
    private PendingWindow? _pending;

    internal PreparedForecast(
        ForecastRequest request, ChainResult fit, TrustRecord trust, CalibratedModel? baseline, DateTimeOffset next)
    {
        (_request, Fit, _trust, _baseline, Next) = (request, fit, trust, baseline, next);
        _judgedLevel = [request.Gate.Level];
        BeginWindow();
    }

    private PreparedForecast(
        ForecastRequest request, ChainResult fit, CalibratedModel baseline, PreparedForecastState state)
    {
        (_request, Fit, _baseline, _pending) = (request, fit, baseline, state.Pending);
        _trust = new(request.Gate, state.Trust);
        _judgedLevel = [request.Gate.Level];
        Next = new(state.NextTicks, TimeSpan.Zero);
    }

    /// <summary>Which model was fitted, and why.</summary>
    public ChainResult Fit { get; }

    /// <summary>The gate's verdict on the model, which what happens since may change.</summary>
    public ForecastTrust Trust => _trust.Verdict;

    /// <summary>The beginning of the interval that is observed next: where a forecast starts.</summary>
    public DateTimeOffset Next { get; private set; }

    /// <summary>How far ahead it is judged: the lead time, in whole steps.</summary>
    public TimeSpan LeadTime => _request.Step * _request.Gate.Window;

    /// <summary>Whether the clock is changed before a moment, so that the model must be fitted anew by then.</summary>
    public bool IsClockChangedBefore(DateTimeOffset moment) => WallClock.IsChanged(_request.Zone, Next, moment);

    /// <summary>How the model fares; null without a model.</summary>
    public ForecastHealth? Health => Model is { } model ? HealthOf(model.Calibration) : null;

    /// <summary>In steps.</summary>
    internal int Window => _request.Gate.Window;

    internal CalibratedModel? Model => (CalibratedModel?)Fit.Model;

    /// <summary>Takes the value of the interval that begins at <see cref="Next"/>; NaN when missing.</summary>
    public void Observe(double value)
    {
        Next += _request.Step;
        if (Model is null || _baseline is null)
        {
            return;
        }

        value = TrainingSeries.Clean(value);
        if (_pending is { } window && window.Take(value))
        {
            _pending = null;
            if (!double.IsNaN(window.Seen.Peak))
            {
                _trust.Add(window.Seen.Peak, window.Model, window.Naive, live: true);
            }
        }

        Model.Observe(value);
        _baseline.Observe(value);
        BeginWindow();
    }

    /// <summary>Forecasts from <see cref="Next"/> on; without a model, a forecast of no steps that says why.</summary>
    public DemandForecast Issue(
        SecurityGroupId group,
        Resource resource,
        DateTimeOffset issuedAt,
        CancellationToken cancellationToken)
    {
        var forecast = Model?.Forecast(Model.MaxHorizon, _request.Levels, cancellationToken);
        return new()
        {
            Group = group,
            Resource = resource,
            Model = Model?.Name ?? "none",
            IssuedAt = issuedAt,
            Start = Next,
            Step = _request.Step,
            Levels = _request.Levels,
            Marginal = forecast?.Marginal ?? [],
            PathMaximum = forecast?.PathMaximum ?? [],
            Trust = Trust,
        };
    }

    /// <summary>
    /// Equally likely ways the steps of <see cref="Issue"/> may go: for what depends on several steps at once, such as the
    /// maximum of a window in their midst. Null without a model.
    /// </summary>
    public SamplePaths? Paths(CancellationToken cancellationToken) => Model?.Paths(Model.MaxHorizon, cancellationToken);

    /// <summary>
    /// The whole state; <see cref="ForecastPipeline.Restore"/> gives one that forecasts the same bit for bit. Null
    /// without a model.
    /// </summary>
    public string? ToJson() => Model is null || _baseline is null
        ? null
        : JsonSerializer.Serialize(
            new PreparedForecastState
            {
                Request = _request.Name,
                Window = _request.Gate.Window,
                Status = Fit.Status,
                Reason = Fit.Reason,
                Model = Model.ToJson(),
                Trust = _trust.Save(),
                Baseline = _baseline.ToJson(),
                Pending = _pending,
                NextTicks = Next.UtcTicks,
            },
            CalibrationJson.Default.PreparedForecastState);

    internal static PreparedForecast Restore(string json, ForecastOptions options, TimeSpan step, FallbackChain chain)
    {
        var state = CalibrationJson.Read(json, CalibrationJson.Default.PreparedForecastState);

        // The lead time is learned, and not known yet right after a start: it goes on as it was judged.
        var request = new ForecastRequest(options, step, state.Window is > 0 ? state.Window : null);
        if (state.Request != request.Name)
        {
            throw new FormatException($"The saved state is of another request, {state.Request}; now it is {request.Name}.");
        }

        var model = CalibratedModel.Restore(state.Model, chain);
        var baseline = CalibratedModel.Restore(state.Baseline, SkillGate.Baseline);
        return new(request, new(state.Status, model, state.Reason), baseline, state);
    }

    private void BeginWindow()
    {
        if (_pending is null && Model is { } model && _baseline is not null)
        {
            var window = _request.Gate.Window;
            _pending = new()
            {
                Left = window,
                Model = model.Forecast(window, _judgedLevel, CancellationToken.None).PathMaximum[^1],
                Naive = _baseline.Forecast(window, _judgedLevel, CancellationToken.None).PathMaximum[^1],
            };
        }
    }

    private ForecastHealth HealthOf(OnlineCalibration calibration)
    {
        var window = calibration.At(_request.Gate.Window);
        return new()
        {
            PinballRatio = Trust.SkillVersusNaive,
            WindowCoverage = Trust.Coverage,
            InnerCoverage = window.Marginal.Inner,
            WideCoverage = window.Marginal.Wide,
            MaximumCoverage = window.Maximum.Planned,
            LowerFactor = window.Marginal.Terms[TrackedLevels.Low],
            UpperFactor = window.Marginal.Terms[TrackedLevels.High],
            MaximumFactor = window.Maximum.Terms[TrackedLevels.Planned],
            AnomalyScore = calibration.Anomaly.Score,
            Alert = calibration.Anomaly.Alert,
            Alerts = calibration.Anomaly.Alerts,
        };
    }
}
