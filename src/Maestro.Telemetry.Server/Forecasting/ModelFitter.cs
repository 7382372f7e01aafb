using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Models;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Autoscaling;
using Maestro.Telemetry.Server.Configuration;

namespace Maestro.Telemetry.Server.Forecasting;

/// <summary>Fits models within their time.</summary>
internal sealed partial class ModelFitter(
    ForecastCounters counters,
    PlanBoard board,
    IOptions<AutoscalerOptions> options,
    TimeProvider time,
    ILogger<ModelFitter> logger)
{
    /// <summary>A lead time that differs by less, as a share, is no reason to judge a model anew.</summary>
    private const double SameLead = 0.25;

    private static readonly FallbackChain Simple = new([new SeasonalNaiveModel(), new NaiveModel()]);

    /// <summary>What the time of a fit is measured with: the machine's clock, since a simulation's runs faster.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The models, best first.</summary>
    public FallbackChain Chain { get; init; } = FallbackChain.Default;

    /// <summary>The pipeline for a group's forecasts.</summary>
    public ForecastPipeline Pipeline(ScalingPolicy policy, FittedSeries? before = null) =>
        new(Options(policy, before), Chain);

    /// <summary>A model for a series that has none: a simple one when the others take too long.</summary>
    public FittedSeries Fit(
        SeriesKey key, ScalingPolicy policy, TimeSeries series, FittedSeries? before, CancellationToken cancellationToken) =>
        Try(key, Pipeline(policy, before), series, before, cancellationToken)
        ?? Fit(key, new ForecastPipeline(Options(policy, before), Simple), series, before, cancellationToken);

    /// <summary>A model that looks further ahead than those of the loop: a simple one when the others take too long.</summary>
    public FittedSeries FitLong(
        SeriesKey key, ScalingPolicy policy, TimeSeries series, TimeSpan horizon, CancellationToken cancellationToken)
    {
        var ahead = Options(policy, before: null) with { Horizon = horizon };
        return Try(key, new ForecastPipeline(ahead, Chain), series, null, cancellationToken)
            ?? Fit(key, new ForecastPipeline(ahead, Simple), series, null, cancellationToken);
    }

    /// <summary>A new model in place of an old one, which stays when the fit takes too long.</summary>
    public FittedSeries Refit(
        SeriesKey key, ScalingPolicy policy, TimeSeries series, FittedSeries before, CancellationToken cancellationToken)
    {
        before.TriedAt = time.GetUtcNow();
        return Try(key, Pipeline(policy, before), series, before, cancellationToken) ?? before;
    }

    private ForecastOptions Options(ScalingPolicy policy, FittedSeries? before) => new()
    {
        Horizon = options.Value.Horizon,
        Context = options.Value.History,
        LeadTime = LeadTimeOf(policy, before),
        Level = policy.Quantile,
        Zone = TimeZoneInfo.FindSystemTimeZoneById(options.Value.Zone),
    };

    // A model that is judged for another window forgets what it has learned of its errors there.
    private TimeSpan LeadTimeOf(ScalingPolicy policy, FittedSeries? before)
    {
        var lead = board.LeadTimeOf(policy);
        return before?.Prepared.LeadTime is { } judged && (lead - judged).Duration() <= judged * SameLead ? judged : lead;
    }

    private FittedSeries? Try(
        SeriesKey key,
        ForecastPipeline pipeline,
        TimeSeries series,
        FittedSeries? before,
        CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(options.Value.FitTimeout, Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        var began = Clock.GetTimestamp();
        try
        {
            return Fit(key, pipeline, series, before, either.Token);
        }
        catch (OperationCanceledException) when (
            late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            counters.CountFit(FittingOutcome.TimedOut, "none", Clock.GetElapsedTime(began));
            LogTimedOut(key, options.Value.FitTimeout.TotalSeconds);
            return null;
        }
    }

    private FittedSeries Fit(
        SeriesKey key,
        ForecastPipeline pipeline,
        TimeSeries series,
        FittedSeries? before,
        CancellationToken cancellationToken)
    {
        var began = Clock.GetTimestamp();
        var prepared = pipeline.Prepare(series, default, before?.Prepared, cancellationToken);
        counters.CountFit(
            (FittingOutcome)prepared.Fit.Status, prepared.Fit.Model?.Name ?? "none", Clock.GetElapsedTime(began));
        LogFitted(key, prepared.Fit.Reason, prepared.Trust.Reason);
        return new(prepared, time.GetUtcNow());
    }

    [LoggerMessage(1601, LogLevel.Debug, "Forecasts of {Series}: {Fit}. {Trust}")]
    private partial void LogFitted(SeriesKey series, string fit, string trust);

    [LoggerMessage(1603, LogLevel.Warning,
        "A model of {Series} was not fitted within {Seconds} s; the one before, or a simpler one, is used")]
    private partial void LogTimedOut(SeriesKey series, double seconds);
}
