using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Server.Forecasting;

/// <summary>Keeps models over a restart: saved when fitted, restored once, and shown what happened in between.</summary>
internal sealed partial class ModelKeeper(
    IModelStore models, DemandBoard demand, ModelFitter fitter, ForecastCounters counters, ILogger<ModelKeeper> logger)
{
    /// <summary>A model that has missed more is not worth showing it all.</summary>
    private static readonly TimeSpan LongestGap = TimeSpan.FromDays(7);

    /// <summary>Keeps a model that was just fitted.</summary>
    public async Task SaveAsync(SeriesKey key, FittedSeries fitted, TimeSpan step, CancellationToken cancellationToken)
    {
        if (fitted.Prepared.ToJson() is not { } state)
        {
            return;
        }

        try
        {
            await models.SaveAsync(
                new SavedModel
                {
                    Group = key.Group,
                    Resource = key.Resource,
                    Format = ForecastPipeline.StateFormat,
                    Model = fitted.Prepared.Fit.Model!.Name,
                    FittedAt = fitted.FittedAt,
                    Next = fitted.Prepared.Next,
                    Step = step,
                    Weights = demand.Weights,
                    State = state,
                },
                cancellationToken);
        }
        catch (StoreUnavailableException e)
        {
            LogNotSaved(e, key);
        }
    }

    /// <summary>The model of an earlier run, caught up with the series; null when there is none that can go on.</summary>
    public async Task<FittedSeries?> RestoreAsync(
        SeriesKey key, ScalingPolicy policy, TimeSeries series, CancellationToken cancellationToken)
    {
        try
        {
            if (await models.LoadAsync(key.Group, key.Resource, cancellationToken) is not { } saved)
            {
                return null;
            }

            if (WhyOutdated(saved, series) is { } reason)
            {
                Refuse(key, RestoringOutcome.Outdated, reason);
                return null;
            }

            var fitted = new FittedSeries(fitter.Pipeline(policy).Restore(saved.State, series.Step), saved.FittedAt);
            if (!fitted.Follow(series))
            {
                Refuse(key, RestoringOutcome.Outdated, "the series no longer has what it saw next, or the clock was changed");
                return null;
            }

            counters.CountRestored(RestoringOutcome.Restored);
            LogRestored(key, saved.Model, saved.FittedAt);
            return fitted;
        }
        catch (FormatException e)
        {
            Refuse(key, RestoringOutcome.Unreadable, e.Message);
            await models.DeleteAsync(key.Group, key.Resource, cancellationToken);
            return null;
        }
        catch (StoreUnavailableException e)
        {
            Refuse(key, RestoringOutcome.Unreadable, e.Message);
            return null;
        }
    }

    private string? WhyOutdated(SavedModel saved, TimeSeries series) =>
        saved.Format != ForecastPipeline.StateFormat ? $"its format is {saved.Format}, not {ForecastPipeline.StateFormat}"
        : saved.Step != series.Step ? $"its step is {saved.Step}, not {series.Step}"
        : series.End - saved.Next > LongestGap ? $"it has seen nothing since {saved.Next:u}"
        : !demand.IsWeighedAs(saved.Weights) ? "an SGM weighs something else now"
        : null;

    private void Refuse(SeriesKey key, RestoringOutcome outcome, string reason)
    {
        counters.CountRestored(outcome);
        LogRefused(key, reason);
    }

    [LoggerMessage(1604, LogLevel.Information, "The model of {Series} goes on: {Model}, fitted {FittedAt:u}")]
    private partial void LogRestored(SeriesKey series, string model, DateTimeOffset fittedAt);

    [LoggerMessage(1605, LogLevel.Warning, "The saved model of {Series} is not used and fitted anew: {Reason}")]
    private partial void LogRefused(SeriesKey series, string reason);

    [LoggerMessage(1606, LogLevel.Warning, "The model of {Series} could not be saved; a restart fits it anew")]
    private partial void LogNotSaved(Exception exception, SeriesKey series);
}
