using System.Globalization;
using Maestro.Telemetry.Forecasting.Metrics;
using Maestro.Telemetry.Forecasts;

namespace Maestro.Telemetry.Forecasting.Gate;

/// <summary>
/// The evidence for a model: at first the windows that the gate judged, then also those that happened since, of which
/// the oldest make room. A model that fails most of the newest ones loses its trust at once.
/// </summary>
/// <remarks>
/// Few windows say little about coverage. It is refused only when its whole 95 % Wilson interval lies outside the
/// tolerance, so that chance alone rarely refuses a good model. Too much coverage is refused only when it is bought
/// with a margin of over a tenth of the demand. A loss below half a percent of the demand passes whatever
/// seasonal-naive did: on a series that repeats exactly nothing can be better than exact.
/// </remarks>
internal sealed class TrustRecord
{
    private const double NegligibleLoss = 0.005;
    private const double CostlyMargin = 0.1;
    private const int FewestWindows = 20;

    /// <summary>Windows are dropped so many at a time.</summary>
    private const int WindowsPerPart = 50;

    private const int MostRecent = 48;
    private const int FewestRecent = 8;

    /// <summary>Misses come in runs, so that less sure than this many standard deviations would often be wrong.</summary>
    private const double SureDeviations = 3;

    private readonly SkillGateOptions _options;
    private readonly string? _fixed;
    private readonly List<GateSums> _parts;
    private readonly Queue<bool> _recent;

    public TrustRecord(SkillGateOptions options, TrustRecordState state)
    {
        (_options, _fixed) = (options, state.Fixed);
        (_parts, _recent) = ([.. state.Parts], new(state.Recent));
        Verdict = Judge();
    }

    public ForecastTrust Verdict { get; private set; }

    /// <summary>Adds a window.</summary>
    /// <param name="peak">Its maximum.</param>
    /// <param name="model">The model's quantile of it.</param>
    /// <param name="naive">That of seasonal-naive.</param>
    /// <param name="live">True when the forecast was made before it happened.</param>
    public void Add(double peak, double model, double naive, bool live)
    {
        var window = GateSums.Of(peak, model, naive, _options.Level);
        if (_parts.Count == 0 || _parts[^1].Windows >= WindowsPerPart)
        {
            _parts.Add(default);
        }

        _parts[^1] += window;
        if (live)
        {
            if (_parts.Sum(static part => part.Windows) - _parts[0].Windows >= _options.MostWindows)
            {
                _parts.RemoveAt(0);
            }

            _recent.Enqueue(window.Covered == 1);
            if (_recent.Count > MostRecent)
            {
                _recent.Dequeue();
            }

            Verdict = Judge();
        }
    }

    /// <summary>Judges what was added when it did not happen live.</summary>
    public TrustRecord Conclude()
    {
        Verdict = Judge();
        return this;
    }

    public TrustRecordState Save() => new() { Fixed = _fixed, Parts = [.. _parts], Recent = [.. _recent] };

    private ForecastTrust Judge()
    {
        if (_fixed is not null)
        {
            return new(false, double.NaN, double.NaN, _fixed);
        }

        var sums = _parts.Aggregate(default(GateSums), static (sum, part) => sum + part);
        if (sums.Windows < FewestWindows)
        {
            return new(false, double.NaN, double.NaN, string.Create(
                CultureInfo.InvariantCulture,
                $"FORECAST_UNTRUSTED: only {sums.Windows} windows without gaps; {FewestWindows} are needed."));
        }

        var measured = string.Create(
            CultureInfo.InvariantCulture,
            $"over {sums.Windows} windows the loss was {sums.Skill:F2} of seasonal-naive's and ")
            + string.Create(
                CultureInfo.InvariantCulture,
                $"{sums.Coverage:P1} of maxima stayed within the {_options.Level:P1} quantile");
        var refusal = Refusal(sums);
        return new(
            refusal is null,
            sums.Skill,
            sums.Coverage,
            refusal is null ? $"Trusted: {measured}." : $"FORECAST_UNTRUSTED: {refusal}; {measured}.");
    }

    private string? Refusal(GateSums sums)
    {
        var (low, high) = Coverage.Interval(sums.Coverage, sums.Windows);
        var floor = _options.Level - _options.CoverageTolerance;
        if (sums.Skill >= _options.LargestSkill && sums.RelativeLoss > NegligibleLoss)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"it is not clearly better than seasonal-naive (needs below {_options.LargestSkill:F2})");
        }

        if (high < floor)
        {
            return "its quantiles are too low";
        }

        if (low > _options.Level + _options.CoverageTolerance && sums.RelativeMargin > CostlyMargin)
        {
            return "its quantiles are too high";
        }

        var covered = _recent.Count(static within => within);
        return _recent.Count >= FewestRecent
            && Coverage.Interval((double)covered / _recent.Count, _recent.Count, SureDeviations).High < floor
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"demand has left it: of the last {_recent.Count} maxima only {covered} stayed within the quantile")
            : null;
    }
}
