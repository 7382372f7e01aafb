using System.Globalization;
using Maestro.Telemetry.Forecasting.Metrics;
using Maestro.Telemetry.Forecasting.Models;
using Maestro.Telemetry.Forecasts;

namespace Maestro.Telemetry.Forecasting.Gate;

/// <summary>
/// Judges a model on the past: over the last two weeks, or the newer half of what there is, it is fitted a few times,
/// follows the series value by value, and forecasts the maximum of window after window. The windows do not overlap.
/// It is trusted when its pinball loss is clearly below that of seasonal-naive, fitted and fed alike, and when the
/// maxima stayed at or below the quantile as often as the level says.
/// </summary>
/// <remarks>
/// Few windows say little about coverage. It is refused only when its whole 95 % Wilson interval lies outside the
/// tolerance, so that chance alone rarely refuses a good model. Too much coverage is refused only when it is bought
/// with a margin of over a tenth of the demand. A loss below half a percent of the demand passes whatever
/// seasonal-naive did: on a series that repeats exactly nothing can be better than exact.
/// </remarks>
public sealed class SkillGate
{
    private const double NegligibleLoss = 0.005;
    private const double CostlyMargin = 0.1;
    private const int FewestWindows = 20;

    private readonly SkillGateOptions _options;
    private readonly FallbackChain _baseline = new([new SeasonalNaiveModel(), new NaiveModel()]);

    public SkillGate(SkillGateOptions options) => _options = options;

    /// <summary>Judges <paramref name="model"/> on <paramref name="series"/>.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ForecastTrust Judge(FallbackChain model, TrainingSeries series, CancellationToken cancellationToken)
    {
        var values = series.Learnable();
        if (values.Length < _options.ShortestHistory)
        {
            return new(false, double.NaN, double.NaN, string.Create(
                CultureInfo.InvariantCulture,
                $"COLD_START: {values.Length} steps of history, and trust needs {_options.ShortestHistory}."));
        }

        var evidence = Gather(model, series, values, cancellationToken);
        return evidence.Windows < FewestWindows
            ? new(false, double.NaN, double.NaN, string.Create(
                CultureInfo.InvariantCulture,
                $"FORECAST_UNTRUSTED: only {evidence.Windows} windows without gaps; {FewestWindows} are needed."))
            : Verdict(evidence);
    }

    private GateEvidence Gather(
        FallbackChain model,
        TrainingSeries series,
        double[] values,
        CancellationToken cancellationToken)
    {
        var judged = Math.Min(_options.LongestJudged, values.Length / 2);
        var stride = Math.Max(_options.Window, judged / _options.MostWindows);
        var evidence = new GateEvidence(_options.Level);
        for (var refit = 0; refit < _options.Refits; refit++)
        {
            var from = values.Length - judged + (int)((long)judged * refit / _options.Refits);
            var to = values.Length - judged + (int)((long)judged * (refit + 1) / _options.Refits);
            var past = series with
            {
                Values = values.AsMemory(0, from),
                Events = default,
                Members = default,
                MaxHorizon = _options.Window,
            };
            if (model.Fit(past, cancellationToken).Model is { } candidate
                && _baseline.Fit(past, cancellationToken).Model is { } naive)
            {
                Follow(values, from, to, stride, candidate, naive, evidence, cancellationToken);
            }
        }

        return evidence;
    }

    private void Follow(
        double[] values,
        int from,
        int to,
        int stride,
        IFittedModel candidate,
        IFittedModel naive,
        GateEvidence evidence,
        CancellationToken cancellationToken)
    {
        double[] levels = [_options.Level];
        for (var origin = from; origin < to; origin++)
        {
            if ((origin - from) % stride == 0
                && origin + _options.Window <= values.Length
                && Peak(values.AsSpan(origin, _options.Window)) is var peak
                && !double.IsNaN(peak))
            {
                evidence.Add(
                    peak,
                    candidate.Forecast(_options.Window, levels, cancellationToken).PathMaximum[^1],
                    naive.Forecast(_options.Window, levels, cancellationToken).PathMaximum[^1]);
            }

            candidate.Observe(values[origin]);
            naive.Observe(values[origin]);
        }
    }

    /// <summary>The highest value; NaN when any is missing, since it may have been the highest.</summary>
    private static double Peak(ReadOnlySpan<double> window)
    {
        var peak = window[0];
        foreach (var value in window)
        {
            peak = Math.Max(peak, value);
        }

        return peak;
    }

    private ForecastTrust Verdict(GateEvidence evidence)
    {
        var (low, high) = Coverage.Interval(evidence.Coverage, evidence.Windows);
        var floor = _options.Level - _options.CoverageTolerance;
        var ceiling = _options.Level + _options.CoverageTolerance;
        var measured = string.Create(
            CultureInfo.InvariantCulture,
            $"over {evidence.Windows} windows the loss was {evidence.Skill:F2} of seasonal-naive's and ")
            + string.Create(
                CultureInfo.InvariantCulture,
                $"{evidence.Coverage:P1} of maxima stayed within the {_options.Level:P1} quantile");
        string? refusal = null;
        if (evidence.Skill >= _options.LargestSkill && evidence.RelativeLoss > NegligibleLoss)
        {
            refusal = string.Create(
                CultureInfo.InvariantCulture,
                $"it is not clearly better than seasonal-naive (needs below {_options.LargestSkill:F2})");
        }
        else if (high < floor)
        {
            refusal = "its quantiles are too low";
        }
        else if (low > ceiling && evidence.RelativeMargin > CostlyMargin)
        {
            refusal = "its quantiles are too high";
        }

        return new(
            refusal is null,
            evidence.Skill,
            evidence.Coverage,
            refusal is null ? $"Trusted: {measured}." : $"FORECAST_UNTRUSTED: {refusal}; {measured}.");
    }
}
