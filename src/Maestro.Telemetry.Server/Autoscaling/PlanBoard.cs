using System.Collections.Concurrent;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Scaling.Learning;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Server.Autoscaling;

/// <summary>The newest plan and forecasts, for status, console and metrics.</summary>
internal sealed class PlanBoard
{
    private readonly ConcurrentDictionary<(SecurityGroupId Group, Resource Resource), DemandForecast> _forecasts = new();
    private readonly Lock _gate = new();
    private volatile ForecastHistory _earlier = ForecastHistory.Empty;
    private volatile PlannerInput? _input;
    private volatile ScalingPlan? _plan;
    private long _forecastCount;

    public ScalingPlan? Plan => _plan;

    public PlannerInput? Input => _input;

    /// <summary>Forecasts issued since the start.</summary>
    public long ForecastCount => Interlocked.Read(ref _forecastCount);

    public IReadOnlyCollection<DemandForecast> Forecasts => [.. _forecasts.Values];

    /// <summary>The newest forecasts and those before them, since the start.</summary>
    public ForecastHistory Earlier => _earlier;

    public DemandForecast? ForecastOf(SecurityGroupId group, Resource resource) =>
        _forecasts.GetValueOrDefault((group, resource));

    public DecisionRecord? DecisionOf(SecurityGroupId group) =>
        _plan?.Decisions.FirstOrDefault(d => d.Group == group);

    /// <summary>From the decision until an added SGM serves: as learned, and while nothing was planned, as configured.</summary>
    public TimeSpan LeadTimeOf(ScalingPolicy policy) =>
        _input is { } input ? LeadTime.Of(input.LeadTimes, policy, input.Fabric).Value : policy.LeadTime;

    /// <param name="input">What the plan depends on; null when nothing could be read, and then the last one stands.</param>
    public void Set(PlannerInput? input, ScalingPlan plan)
    {
        _input = input ?? _input;
        _plan = plan;
    }

    public void Add(DemandForecast forecast)
    {
        _forecasts[(forecast.Group, forecast.Resource)] = forecast;
        lock (_gate)
        {
            _earlier = _earlier.With(forecast);
        }

        Interlocked.Increment(ref _forecastCount);
    }
}
