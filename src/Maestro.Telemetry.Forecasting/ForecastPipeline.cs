using Maestro.Telemetry.Fabric;
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

    /// <summary>Fits, judges and forecasts in one go.</summary>
    public DemandForecast Run(
        SecurityGroupId group,
        Resource resource,
        TimeSeries series,
        DateTimeOffset issuedAt,
        CancellationToken cancellationToken) =>
        Prepare(series, default, cancellationToken).Issue(group, resource, issuedAt, cancellationToken);

    /// <summary>Fits and judges: the costly part, done now and then. The result follows the series and forecasts.</summary>
    /// <param name="series">The history, up to now.</param>
    /// <param name="events">True where a value must not be learned; empty, or one per value.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public PreparedForecast Prepare(TimeSeries series, ReadOnlyMemory<bool> events, CancellationToken cancellationToken)
    {
        var skipped = Math.Max(0, series.Count - ForecastOptions.Steps(options.Context, series.Step));
        var training = new TrainingSeries
        {
            Values = series.Values[skipped..],
            Events = events.IsEmpty ? events : events[skipped..],
            Periods = Periods(series.Step),
            MaxHorizon = ForecastOptions.Steps(options.Horizon, series.Step),
        };
        var fit = chain.Fit(training, cancellationToken);
        var trust = fit.Model is null
            ? new(false, double.NaN, double.NaN, $"FORECAST_UNTRUSTED: {fit.Reason}.")
            : new SkillGate(options.Gate(series.Step)).Judge(chain, training, cancellationToken);
        return new(fit, trust, options.Levels, series.End, series.Step);
    }

    private int[] Periods(TimeSpan step) =>
        [.. options.Periods.Where(period => period.Ticks % step.Ticks == 0 && period >= 2 * step)
            .Select(period => (int)(period / step))];
}
