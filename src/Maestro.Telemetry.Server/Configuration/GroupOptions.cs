using System.Globalization;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Server.Configuration;

/// <summary>The scaling policy of one Security Group, as it is configured.</summary>
public sealed class GroupOptions
{
    private static readonly ScalingPolicy Default = new() { Group = default };

    /// <summary>The number of the group on the Orchestrator.</summary>
    public int Id { get; set; }

    /// <summary>A name for people; the default is SG-Id.</summary>
    public string? Name { get; set; }

    /// <summary>1 is served first.</summary>
    public int Priority { get; set; } = Default.Priority;

    /// <summary>SGMs to have at least.</summary>
    public int Minimum { get; set; } = Default.Minimum;

    /// <summary>SGMs to have at most.</summary>
    public int Maximum { get; set; } = Default.Maximum;

    /// <summary>How far adds and moves into the group may go by themselves: Observe, Recommend or Enforce.</summary>
    public ScalingMode ScaleOut { get; set; } = ScalingMode.Recommend;

    /// <summary>How far removals and moves out of the group may go by themselves.</summary>
    public ScalingMode ScaleIn { get; set; } = ScalingMode.Recommend;

    /// <summary>How the group shares its work over sites; left out for a group on one site.</summary>
    public ClusteringMode? Clustering { get; set; }

    /// <summary>Whether it is a VSX group; left out, what the Orchestrator says.</summary>
    public bool? Vsx { get; set; }

    /// <summary>Whether SMO Image Cloning is on; left out means not known.</summary>
    public bool? ImageCloning { get; set; }

    /// <summary>The Jumbo Hotfix take of its members; left out means not known.</summary>
    public int? Take { get; set; }

    /// <summary>Bits per second that its uplinks can receive together; left out means not known.</summary>
    public double? LineRateBitsPerSecond { get; set; }

    public double TargetUtilization { get; set; } = Default.TargetUtilization;

    public double HardUtilization { get; set; } = Default.HardUtilization;

    public double SurviveUtilization { get; set; } = Default.SurviveUtilization;

    public int SurviveFailures { get; set; } = Default.SurviveFailures;

    /// <summary>The share of demand that is to be served; left out, 0.98, 0.95 or 0.85 by priority.</summary>
    public double? Quantile { get; set; }

    /// <summary>What the change of one unit costs, in unit-hours of an idle unit.</summary>
    public double SwitchingCost { get; set; } = Default.SwitchingCost;

    public TimeSpan LeadTime { get; set; } = Default.LeadTime;

    public TimeSpan WarmUp { get; set; } = Default.WarmUp;

    /// <summary>Whether to learn from the roll-ups what SGMs of larger groups are worth.</summary>
    public bool LearnEfficiency { get; set; }

    public TimeSpan Cooldown { get; set; } = Default.Cooldown;

    public TimeSpan Stabilization { get; set; } = Default.Stabilization;

    public TimeSpan ScaleInHorizon { get; set; } = Default.ScaleInHorizon;

    public int MaxAddsPerCycle { get; set; } = Default.MaxAddsPerCycle;

    /// <summary>Whether a group of higher priority that will most likely be short may take SGMs from this one.</summary>
    public bool AllowPreemption { get; set; } = Default.AllowPreemption;

    /// <summary>Whether SGMs are removed without a forecast, too, when a whole day of demand would fit in.</summary>
    public bool RemoveWithoutForecast { get; set; } = Default.RemoveWithoutForecast;

    public List<ScheduleOptions> Schedules { get; set; } = [];

    public string DisplayName => string.IsNullOrWhiteSpace(Name) ? $"SG-{Id.ToString(CultureInfo.InvariantCulture)}" : Name;

    // A missing unit is worth 49, 19 or 6 idle ones.
    private double DefaultQuantile => Priority switch { 1 => 0.98, 2 => 0.95, _ => 0.85 };

    public void Check(string key, FabricLimits limits, SettingErrors errors)
    {
        var before = errors.All.Count;
        errors.Range($"{key}:Id", Id, 1, 1_000);
        errors.Range($"{key}:Priority", Priority, 1, 100);
        errors.Range($"{key}:Minimum", Minimum, 1, limits.MaxMembersPerGroup);
        errors.Range($"{key}:Maximum", Maximum, Math.Max(1, Minimum), limits.MaxMembersPerGroup);
        errors.Fraction($"{key}:TargetUtilization", TargetUtilization);
        errors.Fraction($"{key}:HardUtilization", HardUtilization, TargetUtilization);
        errors.Fraction($"{key}:SurviveUtilization", SurviveUtilization);
        errors.Range($"{key}:SurviveFailures", SurviveFailures, 0, 14);
        errors.Fraction($"{key}:Quantile", Quantile ?? DefaultQuantile, 0.5, 0.999);
        errors.Range($"{key}:SwitchingCost", SwitchingCost, 0, 1_000);
        errors.Range($"{key}:LeadTime", LeadTime, TimeSpan.Zero, TimeSpan.FromHours(6));
        errors.Range($"{key}:WarmUp", WarmUp, TimeSpan.Zero, TimeSpan.FromHours(1));
        errors.Range($"{key}:Cooldown", Cooldown, TimeSpan.Zero, TimeSpan.FromDays(1));
        errors.Range($"{key}:Stabilization", Stabilization, TimeSpan.Zero, TimeSpan.FromDays(1));
        errors.Range($"{key}:ScaleInHorizon", ScaleInHorizon, TimeSpan.Zero, TimeSpan.FromDays(1));
        errors.Range($"{key}:MaxAddsPerCycle", MaxAddsPerCycle, 1, 14);
        if (Take is { } take)
        {
            errors.Range($"{key}:Take", take, 0, 100_000);
        }

        if (LineRateBitsPerSecond is { } rate)
        {
            errors.Range($"{key}:LineRateBitsPerSecond", rate, 1e6, 1e15);
        }

        if (Vsx is false && Clustering is (ClusteringMode.VsxActiveStandby or ClusteringMode.Vsls))
        {
            errors.Add($"{key}:Clustering", Clustering, "it must be a mode of Security Gateways, or Vsx be true.");
        }

        for (var i = 0; i < Schedules.Count; i++)
        {
            Schedules[i].Check(string.Create(CultureInfo.InvariantCulture, $"{key}:Schedules:{i}"), Maximum, errors);
        }

        if (errors.All.Count == before)
        {
            CheckConflicts($"{key}:Schedules", errors);
        }
    }

    private void CheckConflicts(string key, SettingErrors errors)
    {
        var schedules = Schedules.Select(s => s.ToSchedule()).ToList();

        // Both halves of a year, because zones change their clocks on different days.
        var conflicts = At(month: 1).Concat(At(month: 7)).Distinct(StringComparer.Ordinal);
        foreach (var conflict in conflicts)
        {
            errors.Add(key, DisplayName, $"its schedules must fit together, but {conflict}.");
        }

        IReadOnlyList<string> At(int month) => ScheduleConflicts.Find(
            schedules, Minimum, new DateTimeOffset(2026, month, 1, 0, 0, 0, TimeSpan.Zero));
    }

    /// <summary>The group with its name for people and what is stated of it.</summary>
    public SecurityGroup Complete(SecurityGroup read) => read with
    {
        Name = DisplayName,
        Mode = Clustering ?? read.Mode,
        IsVsx = Vsx ?? read.IsVsx,
        ImageCloning = ImageCloning ?? read.ImageCloning,
        Take = Take ?? read.Take,
        LineRate = LineRateBitsPerSecond ?? read.LineRate,
    };

    public ScalingPolicy ToPolicy(string version) => new()
    {
        Group = new SecurityGroupId(Id),
        Priority = Priority,
        Minimum = Minimum,
        Maximum = Maximum,
        ScaleOutMode = ScaleOut,
        ScaleInMode = ScaleIn,
        TargetUtilization = TargetUtilization,
        HardUtilization = HardUtilization,
        SurviveUtilization = SurviveUtilization,
        SurviveFailures = SurviveFailures,
        Quantile = Quantile ?? DefaultQuantile,
        SwitchingCost = SwitchingCost,
        LeadTime = LeadTime,
        WarmUp = WarmUp,
        Cooldown = Cooldown,
        Stabilization = Stabilization,
        ScaleInHorizon = ScaleInHorizon,
        MaxAddsPerCycle = MaxAddsPerCycle,
        AllowPreemption = AllowPreemption,
        RemoveWithoutForecast = RemoveWithoutForecast,
        Schedules = [.. Schedules.Select(s => s.ToSchedule())],
        Version = version,
    };
}
