using Maestro.Telemetry.Server.Receivers.Skyline;

namespace Maestro.Telemetry.Server.Configuration;

/// <summary>A rule of the mapping of foreign series. Rules of the same metric take the place of the built-in ones.</summary>
public sealed class MetricRuleOptions
{
    /// <summary>The metric as Prometheus writes it, for example system_cpu_utilization; dots of OTLP are underscores.</summary>
    public string Metric { get; set; } = "";

    /// <summary>What its series become; None leaves them out.</summary>
    public MetricTarget Target { get; set; }

    /// <summary>Of several rules with the same target, the lowest rank that has a value counts. Built in: 10 and more.</summary>
    /// <value>The default is 0; from 0 to 1000.</value>
    public int Rank { get; set; }

    /// <summary>Labels and the values that they must have, alternatives with | between them.</summary>
    public Dictionary<string, string> Where { get; set; } = [];

    /// <summary>Labels and the values that they must not have, alternatives with | between them.</summary>
    public Dictionary<string, string> Except { get; set; } = [];

    /// <summary>Labels that tell apart the series that are combined, with | between them.</summary>
    public string By { get; set; } = "";

    /// <summary>Sum, Mean or Maximum.</summary>
    public Combination Combine { get; set; }

    /// <summary>Gauge, Counter, Idle or ClusterState.</summary>
    public ReadingKind Kind { get; set; }

    /// <summary>Value, or Part and Whole of a share in percent.</summary>
    public ShareRole Role { get; set; }

    /// <summary>What each value is multiplied with.</summary>
    /// <value>The default is 1; above 0 to 1e12.</value>
    public double Scale { get; set; } = 1;

    /// <summary>True takes the series of all virtual systems, false those of VS0.</summary>
    public bool AllVirtualSystems { get; set; }

    public void Check(string key, SettingErrors errors)
    {
        errors.Required($"{key}:Metric", Metric, "system_cpu_utilization");
        errors.Range($"{key}:Rank", Rank, 0, 1_000);
        errors.Fraction($"{key}:Scale", Scale, 0, 1e12);
        if (Role != ShareRole.Value && Target != MetricTarget.MemoryUsedPercent && Target != MetricTarget.AccelerationRatio)
        {
            errors.Add($"{key}:Role", Role, "only MemoryUsedPercent and AccelerationRatio are shares; use Value.");
        }

        if (Kind == ReadingKind.ClusterState != (Target == MetricTarget.MemberState))
        {
            errors.Add($"{key}:Kind", Kind, "ClusterState goes with the target MemberState, and with no other.");
        }
    }

    internal MappingRule ToRule() => new()
    {
        Metric = Metric,
        Target = Target,
        Rank = Rank,
        Where = [.. Where.Select(w => new LabelCondition(w.Key, w.Value))],
        Except = [.. Except.Select(e => new LabelCondition(e.Key, e.Value))],
        By = [.. Alternatives.Split(By)],
        Combine = Combine,
        Kind = Kind,
        Role = Role,
        Scale = Scale,
        AllVirtualSystems = AllVirtualSystems,
        OwnMemberOnly = Kind == ReadingKind.ClusterState,
    };
}
