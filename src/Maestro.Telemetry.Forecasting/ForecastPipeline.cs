using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasting.Calibration;
using Maestro.Telemetry.Forecasting.Gate;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Forecasting;

/// <summary>From a demand series to a forecast that says how far it can be trusted.</summary>
/// <param name="options">How to forecast.</param>
/// <param name="chain">The models, best first.</param>
public sealed class ForecastPipeline(ForecastOptions options, FallbackChain chain)
{
    public ForecastPipeline(ForecastOptions options)
        : this(options, FallbackChain.Default)
    {
    }

    /// <summary>The version of saved states; a release reads only its own.</summary>
    public const int StateFormat = 1;

    /// <summary>Fits, judges and forecasts in one go.</summary>
    public DemandForecast Run(
        SecurityGroupId group,
        Resource resource,
        TimeSeries series,
        DateTimeOffset issuedAt,
        CancellationToken cancellationToken) =>
        Prepare(series, default, cancellationToken).Issue(group, resource, issuedAt, cancellationToken);

    /// <inheritdoc cref="Prepare(TimeSeries, ReadOnlyMemory{bool}, PreparedForecast?, CancellationToken)"/>
    public PreparedForecast Prepare(
        TimeSeries series, ReadOnlyMemory<bool> events, CancellationToken cancellationToken) =>
        Prepare(series, events, null, cancellationToken);

    /// <summary>
    /// Fits and judges: the costly part, done now and then. The result follows the series and forecasts.
    /// </summary>
    /// <param name="series">The history, up to now.</param>
    /// <param name="events">True where a value must not be learned; empty, or one per value.</param>
    /// <param name="before">
    /// What forecast the series up to now, so that what was learned of its errors is kept; null when nothing did.
    /// </param>
    /// <param name="cancellationToken">Stops the work.</param>
    public PreparedForecast Prepare(
        TimeSeries series, ReadOnlyMemory<bool> events, PreparedForecast? before, CancellationToken cancellationToken) =>
        Continue(Learn(series, events, cancellationToken), before, cancellationToken);

    /// <summary>The part of <see cref="Prepare(TimeSeries, ReadOnlyMemory{bool}, CancellationToken)"/> that takes long.</summary>
    internal LearnedForecast Learn(
        TimeSeries series, ReadOnlyMemory<bool> events, CancellationToken cancellationToken)
    {
        var request = new ForecastRequest(options, series.Step);
        var learnable = WallClock.Align(WithoutEvents(series, events), options.Zone);
        var training = new TrainingSeries
        {
            Values = learnable.Values[Math.Max(0, series.Count - request.Context)..],
            Periods = request.Periods,
            MaxHorizon = request.MaxHorizon,
        };
        var fit = chain.Fit(training, cancellationToken);
        return new(
            request,
            training,
            fit,
            fit.Model is null ? null : new SkillGate(request.Gate).Examine(chain, training, cancellationToken),
            series.End);
    }

    /// <summary>Goes on from what forecast until now with what was learned; once only.</summary>
    internal static PreparedForecast Continue(
        LearnedForecast learnt, PreparedForecast? before, CancellationToken cancellationToken)
    {
        var (request, training, fit, examined, end) = learnt;
        if (fit.Model is null || examined is null)
        {
            var untrusted = new TrustRecordState { Fixed = $"FORECAST_UNTRUSTED: {fit.Reason}." };
            return new(request, fit, new(request.Gate, untrusted), null, end);
        }

        var bounds = training.Bounds;
        var judged = training with { MaxHorizon = request.Gate.Window };
        var naive = SkillGate.Baseline.Fit(judged, cancellationToken).Model!;
        var baseline = CalibratedModel.Begin(
            naive, bounds, request.Gate.Window, training.Season, examined.Baseline, continues: false, cancellationToken);

        // Another model errs in another way, and of another window nothing was learned.
        var learned = before?.Model is { } model && model.Name == fit.Model.Name && before.Window == request.Gate.Window
            ? Learned(model.Calibration.Save().Back(WallClock.Steps(request.Zone, request.Step, end, before.Next)), examined.Calibration)
            : null;
        var calibrated = CalibratedModel.Begin(
            fit.Model,
            bounds,
            request.Gate.Window,
            training.Season,
            learned ?? examined.Calibration,
            continues: learned is not null && before!.Next == end,
            cancellationToken);
        return new(request, fit with { Model = calibrated }, examined.Trust, baseline, end);
    }

    /// <summary>What was learned; of the times of day what the past says, if nothing was learned of such.</summary>
    private static CalibrationState Learned(CalibrationState learned, CalibrationState? examined) =>
        examined is not null && learned.Errors.Sizes.Length != examined.Errors.Sizes.Length
            ? learned with { Errors = examined.Errors }
            : learned;

    /// <summary>Masked before they are moved with the clock.</summary>
    private static TimeSeries WithoutEvents(TimeSeries series, ReadOnlyMemory<bool> events)
    {
        if (events.IsEmpty)
        {
            return series;
        }

        ArgumentOutOfRangeException.ThrowIfNotEqual(events.Length, series.Count, nameof(events));
        var values = series.Values.ToArray();
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = events.Span[i] ? double.NaN : values[i];
        }

        return series with { Values = values };
    }

    /// <summary>
    /// Rebuilds what <see cref="PreparedForecast.ToJson"/> wrote; it goes on where it was, judged for the lead time that it
    /// was judged for.
    /// </summary>
    /// <param name="json">The saved state.</param>
    /// <param name="step">The step of the series.</param>
    /// <exception cref="FormatException">The text is no such state, or was made for another request.</exception>
    public PreparedForecast Restore(string json, TimeSpan step) =>
        PreparedForecast.Restore(json, options, step, chain);
}
