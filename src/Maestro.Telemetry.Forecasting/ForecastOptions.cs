using Maestro.Telemetry.Forecasting.Gate;

namespace Maestro.Telemetry.Forecasting;

/// <summary>How demand is forecast.</summary>
public sealed record ForecastOptions
{
    /// <summary>How far to forecast.</summary>
    /// <value>The default is 24 hours.</value>
    public TimeSpan Horizon { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The time between the decision to add an SGM and its taking load; what the gate judges.</summary>
    /// <value>The default is 30 minutes.</value>
    public TimeSpan LeadTime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The quantile level that the planner uses; what the gate judges.</summary>
    /// <value>The default is 0.95; in (0.5, 1).</value>
    public double Level { get; init; } = 0.95;

    /// <summary>The newest history that is learned from.</summary>
    /// <value>The default is 28 days.</value>
    public TimeSpan Context { get; init; } = TimeSpan.FromDays(28);

    /// <summary>Known periods of demand, ascending; those that are not whole steps are left out.</summary>
    /// <value>The default is a day and a week.</value>
    public IReadOnlyList<TimeSpan> Periods { get; init; } = [TimeSpan.FromDays(1), TimeSpan.FromDays(7)];

    /// <summary>Whose clock demand follows when it is changed in spring and autumn.</summary>
    /// <value>The default is UTC, which is never changed.</value>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Quantile levels of the forecast, ascending.</summary>
    public IReadOnlyList<double> Levels { get; init; } = QuantileLevels.Standard;

    internal static int Steps(TimeSpan span, TimeSpan step) => Math.Max(1, (int)Math.Ceiling(span / step));

    internal SkillGateOptions Gate(TimeSpan step, int longest) => new()
    {
        Window = Math.Min(Steps(LeadTime, step), longest),
        Level = Level,
        ShortestHistory = Steps(TimeSpan.FromDays(2), step),
        LongestJudged = Steps(TimeSpan.FromDays(14), step),
    };
}
