using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Forecasting;

/// <summary>A fitted and judged model that follows its series and issues forecasts. Not thread-safe.</summary>
public sealed class PreparedForecast
{
    private readonly IReadOnlyList<double> _levels;
    private readonly TimeSpan _step;

    internal PreparedForecast(
        ChainResult fit,
        ForecastTrust trust,
        IReadOnlyList<double> levels,
        DateTimeOffset next,
        TimeSpan step)
    {
        (Fit, Trust, Next) = (fit, trust, next);
        (_levels, _step) = (levels, step);
    }

    /// <summary>Which model was fitted, and why.</summary>
    public ChainResult Fit { get; }

    /// <summary>The gate's verdict on the model.</summary>
    public ForecastTrust Trust { get; }

    /// <summary>The beginning of the interval that is observed next: where a forecast starts.</summary>
    public DateTimeOffset Next { get; private set; }

    /// <summary>Takes the value of the interval that begins at <see cref="Next"/>; NaN when missing.</summary>
    public void Observe(double value)
    {
        Fit.Model?.Observe(value);
        Next += _step;
    }

    /// <summary>Forecasts from <see cref="Next"/> on; without a model, a forecast of no steps that says why.</summary>
    public DemandForecast Issue(
        SecurityGroupId group,
        Resource resource,
        DateTimeOffset issuedAt,
        CancellationToken cancellationToken)
    {
        var forecast = Fit.Model?.Forecast(Fit.Model.MaxHorizon, _levels, cancellationToken);
        return new()
        {
            Group = group,
            Resource = resource,
            Model = Fit.Model?.Name ?? "none",
            IssuedAt = issuedAt,
            Start = Next,
            Step = _step,
            Levels = _levels,
            Marginal = forecast?.Marginal ?? [],
            PathMaximum = forecast?.PathMaximum ?? [],
            Trust = Trust,
        };
    }
}
