using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Scaling;

/// <summary>The bounds, pace and aims within which one Security Group is scaled. Checked where it is bound.</summary>
public sealed record ScalingPolicy
{
    public required SecurityGroupId Group { get; init; }

    /// <summary>1 is served first.</summary>
    public int Priority { get; init; } = 2;

    /// <summary>Members below which the planner never goes by its own action; at least 1.</summary>
    public int Minimum { get; init; } = 2;

    /// <summary>Members above which the planner never goes, over all sites.</summary>
    public int Maximum { get; init; } = 28;

    /// <summary>How far adds and moves into the group may go by themselves.</summary>
    public ScalingMode ScaleOutMode { get; init; } = ScalingMode.Recommend;

    /// <summary>How far removals and moves out of the group may go by themselves.</summary>
    public ScalingMode ScaleInMode { get; init; } = ScalingMode.Recommend;

    /// <summary>Share of capacity to plan for, in (0, 1].</summary>
    public double TargetUtilization { get; init; } = 0.70;

    /// <summary>Share of capacity above which demand now is an emergency, in (0, 1].</summary>
    public double HardUtilization { get; init; } = 0.85;

    /// <summary>Share of capacity that may be used after losing <see cref="SurviveFailures"/> members, in (0, 1].</summary>
    public double SurviveUtilization { get; init; } = 0.90;

    /// <summary>Members whose loss must be survived (F in N+F); 0 or more.</summary>
    public int SurviveFailures { get; init; } = 1;

    /// <summary>
    /// The share of demand that is to be served, in (0, 1): a missing unit is worth q / (1 − q) idle units.
    /// </summary>
    public double Quantile { get; init; } = 0.95;

    /// <summary>
    /// What the change of one unit costs, in unit-hours of an idle unit; 0 or more. The more, the fewer changes.
    /// </summary>
    public double SwitchingCost { get; init; } = 0.25;

    /// <summary>From the decision until an added SGM carries its share.</summary>
    public TimeSpan LeadTime { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>
    /// For so long after it became ACTIVE an SGM carries its share only partly: nothing is removed, and whether there
    /// is an emergency is not judged by it; 0 or more.
    /// </summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>After a change of the group: no removal for so long.</summary>
    public TimeSpan Cooldown { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Fewer members must have been enough for so long before one is removed.</summary>
    public TimeSpan Stabilization { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How far beyond the lead time the cheapest numbers of members are looked for.</summary>
    public TimeSpan ScaleInHorizon { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Adds and moves into the group per cycle; at least 1.</summary>
    public int MaxAddsPerCycle { get; init; } = 2;

    /// <summary>
    /// Whether a group of higher priority that will most likely be short may take SGMs from this one, down to its
    /// minimum and to what it must survive now.
    /// </summary>
    public bool AllowPreemption { get; init; }

    /// <summary>
    /// Whether SGMs are removed without a forecast, too: when the highest demand of the last 24 hours would fit in with 10
    /// points of utilization to spare, and all other rules agree.
    /// </summary>
    public bool RemoveWithoutForecast { get; init; }

    public ImmutableArray<ScalingSchedule> Schedules { get; init; } = [];

    /// <summary>Changes with each change of the configuration; recorded with every decision.</summary>
    public string Version { get; init; } = "1";
}
