using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Maestro.Telemetry.Forecasting;

namespace Maestro.Telemetry.Server.Forecasting;

/// <summary>What the forecaster does, and how its models fare.</summary>
internal sealed class ForecastCounters
{
    public const string MeterName = "Maestro.Telemetry.Forecasting";

    private readonly ConcurrentDictionary<SeriesKey, (ForecastHealth Health, bool Trusted)> _health = new();
    private readonly Counter<long> _fits;
    private readonly Histogram<double> _fitDuration;
    private readonly Counter<long> _restored;
    private readonly Counter<long> _alerts;
    private int _backlog;

    public ForecastCounters(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _fits = meter.CreateCounter<long>("maestro.forecasting.fits", "{fit}", "Fits by status and model.");
        _fitDuration = meter.CreateHistogram<double>(
            "maestro.forecasting.fit_duration", "s", "Time of a fit, with its judgement.");
        _restored = meter.CreateCounter<long>(
            "maestro.forecasting.models_restored", "{model}", "Models of an earlier run by outcome.");
        _alerts = meter.CreateCounter<long>(
            "maestro.forecasting.anomaly_alerts", "{alert}", "Alerts that began: several values outside of 99 %.");
        meter.CreateObservableGauge(
            "maestro.forecasting.refit_backlog", () => _backlog, "{model}", "Models that wait to be fitted anew.");
        Gauge(meter, "pinball", "1", "Pinball loss of the window maximum over that of seasonal-naive.",
            static health => [("", health.PinballRatio)]);
        Gauge(meter, "window_coverage", "1", "Share of window maxima within the planner's quantile.",
            static health => [("", health.WindowCoverage)]);
        Gauge(meter, "coverage", "1", "Running share within what was issued one window before.",
            static health =>
            [
                ("central_80", health.InnerCoverage),
                ("central_95", health.WideCoverage),
                ("maximum_95", health.MaximumCoverage),
            ]);
        Gauge(meter, "calibration_factor", "{factor}", "What distances from the median are multiplied with.",
            static health =>
            [
                ("lower_10", health.LowerFactor),
                ("upper_90", health.UpperFactor),
                ("maximum_95", health.MaximumFactor),
            ]);
        Gauge(meter, "anomaly_score", "{deviation}", "How unusual the newest value was, in standard deviations.",
            static health => [("", health.AnomalyScore)]);
        meter.CreateObservableGauge(
            "maestro.forecasting.trusted",
            () => _health.Select(series => new Measurement<int>(series.Value.Trusted ? 1 : 0, Tags(series.Key))),
            "{model}",
            "1 when the planner may use the forecast.");
    }

    /// <summary>Series whose newest values are an alert, with the score of the newest.</summary>
    public IEnumerable<(SeriesKey Series, double Score)> Unusual =>
        _health.Where(series => series.Value.Health.Alert).Select(series => (series.Key, series.Value.Health.AnomalyScore));

    /// <summary>Every series with a model, how that fares, and whether the planner may use it.</summary>
    public IEnumerable<(SeriesKey Series, ForecastHealth Health, bool Trusted)> All =>
        _health.Select(series => (series.Key, series.Value.Health, series.Value.Trusted));

    /// <summary>How a series' model fares; null when nothing is known.</summary>
    public ForecastHealth? HealthOf(SeriesKey series) =>
        _health.TryGetValue(series, out var known) ? known.Health : null;

    public void CountFit(FittingOutcome outcome, string model, TimeSpan elapsed)
    {
        _fits.Add(1, new("status", outcome.ToString()), new("model", model));
        _fitDuration.Record(elapsed.TotalSeconds);
    }

    public void CountRestored(RestoringOutcome outcome) =>
        _restored.Add(1, new KeyValuePair<string, object?>("outcome", outcome.ToString()));

    public void SetBacklog(int models) => Volatile.Write(ref _backlog, models);

    public void Set(SeriesKey series, PreparedForecast prepared)
    {
        if (prepared.Health is not { } health)
        {
            _health.TryRemove(series, out _);
            return;
        }

        var before = HealthOf(series);
        if (health.Alert && before is { Alert: false })
        {
            _alerts.Add(1, Tags(series));
        }

        _health[series] = (health, prepared.Trust.Trusted);
    }

    private static KeyValuePair<string, object?>[] Tags(SeriesKey series) =>
        [new("group", series.Group.Value), new("resource", series.Resource.ToString())];

    private void Gauge(
        Meter meter,
        string name,
        string unit,
        string description,
        Func<ForecastHealth, (string Kind, double Value)[]> read) =>
        meter.CreateObservableGauge(
            "maestro.forecasting." + name,
            () => _health.SelectMany(series => read(series.Value.Health)
                .Where(static reading => double.IsFinite(reading.Value))
                .Select(reading => new Measurement<double>(
                    reading.Value,
                    reading.Kind.Length == 0 ? Tags(series.Key) : [.. Tags(series.Key), new("kind", reading.Kind)]))),
            unit,
            description);
}
