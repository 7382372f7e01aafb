using System.Globalization;
using Maestro.Telemetry.Forecasting.Calibration;
using Maestro.Telemetry.Forecasting.Models;
using Maestro.Telemetry.Forecasts;

namespace Maestro.Telemetry.Forecasting.Gate;

/// <summary>
/// Judges models on the past: over the last two weeks, or the newer half of what there is, they are fitted a few times,
/// follow the series value by value, correct themselves as they do in service, and forecast the maximum of window after
/// window. The windows do not overlap. Models are trusted when their pinball loss is clearly below that of
/// seasonal-naive, fitted, fed and corrected alike, and when the maxima stayed at or below the quantile as often as the
/// level says.
/// </summary>
public sealed class SkillGate
{
    private readonly SkillGateOptions _options;
    private readonly double[] _levels;

    public SkillGate(SkillGateOptions options)
    {
        _options = options;
        _levels = [options.Level];
    }

    /// <summary>What models are compared with.</summary>
    internal static FallbackChain Baseline { get; } = new([new SeasonalNaiveModel(), new NaiveModel()]);

    /// <summary>Judges <paramref name="model"/> on <paramref name="series"/>.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ForecastTrust Judge(FallbackChain model, TrainingSeries series, CancellationToken cancellationToken) =>
        Examine(model, series, cancellationToken).Trust.Verdict;

    /// <inheritdoc cref="Judge"/>
    internal Examination Examine(FallbackChain model, TrainingSeries series, CancellationToken cancellationToken)
    {
        var values = series.Learnable();
        if (values.Length < _options.ShortestHistory)
        {
            var cold = string.Create(
                CultureInfo.InvariantCulture,
                $"COLD_START: {values.Length} steps of history, and trust needs {_options.ShortestHistory}.");
            return new(new(_options, new() { Fixed = cold }), null, null);
        }

        var trust = new TrustRecord(_options, new());
        var judged = Math.Min(_options.LongestJudged, values.Length / 2);
        var stride = Math.Max(_options.Window, judged / _options.MostWindows);
        CalibrationState? calibration = null;
        CalibrationState? comparedCalibration = null;
        for (var refit = 0; refit < _options.Refits; refit++)
        {
            var from = values.Length - judged + (int)((long)judged * refit / _options.Refits);
            var to = values.Length - judged + (int)((long)judged * (refit + 1) / _options.Refits);
            var past = Past(series, values, from);
            if (model.Fit(past, cancellationToken).Model is { } fitted
                && Baseline.Fit(past, cancellationToken).Model is { } naive)
            {
                var candidate = Begin(fitted, calibration);
                var compared = Begin(naive, comparedCalibration);
                Follow(values, from, to, stride, candidate, compared, trust, cancellationToken);
                (calibration, comparedCalibration) = (candidate.Calibration.Save(), compared.Calibration.Save());
            }
            else
            {
                (calibration, comparedCalibration) = (calibration?.Back(from - to), comparedCalibration?.Back(from - to));
            }
        }

        return new(trust.Conclude(), calibration, comparedCalibration);

        CalibratedModel Begin(IFittedModel fitted, CalibrationState? before) => CalibratedModel.Begin(
            fitted, series.Bounds, _options.Window, series.Season, before, continues: false, cancellationToken);
    }

    private TrainingSeries Past(TrainingSeries series, double[] values, int count) => series with
    {
        Values = values.AsMemory(0, count),
        Events = default,
        Members = series.Members.IsEmpty ? default : series.Members[..count],
        Saturated = series.Saturated.IsEmpty ? default : series.Saturated[..count],
        MaxHorizon = _options.Window,
    };

    private void Follow(
        double[] values,
        int from,
        int to,
        int stride,
        CalibratedModel candidate,
        CalibratedModel naive,
        TrustRecord trust,
        CancellationToken cancellationToken)
    {
        for (var origin = from; origin < to; origin++)
        {
            if ((origin - from) % stride == 0
                && origin + _options.Window <= values.Length
                && WindowPeak.Of(values.AsSpan(origin, _options.Window)) is var peak
                && !double.IsNaN(peak))
            {
                trust.Add(
                    peak,
                    candidate.Forecast(_options.Window, _levels, cancellationToken).PathMaximum[^1],
                    naive.Forecast(_options.Window, _levels, cancellationToken).PathMaximum[^1],
                    live: false);
            }

            candidate.Observe(values[origin]);
            naive.Observe(values[origin]);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
