using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Scaling;

/// <summary>Everything that led to one group's decision in one cycle.</summary>
public sealed record DecisionRecord
{
    /// <summary>Unique; sorts by time.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required SecurityGroupId Group { get; init; }

    public required DecisionAction Action { get; init; }

    public required ReasonCode Reason { get; init; }

    /// <summary>The decision and its reason for an engineer on call.</summary>
    public required string Sentence { get; init; }

    /// <summary>Members now, whatever their state.</summary>
    public required int Members { get; init; }

    /// <summary>Members wanted, after all rules.</summary>
    public required int Desired { get; init; }

    /// <summary>Capacity that serves or is on its way, in reference SGMs.</summary>
    public required double CommittedUnits { get; init; }

    /// <summary>The largest of <see cref="Terms"/>, in reference SGMs.</summary>
    public required double WantedUnits { get; init; }

    /// <summary>The source of the term that decides, for example predicted:CpuWork.</summary>
    public required string Binding { get; init; }

    public ImmutableArray<DecisionTerm> Terms { get; init; } = [];

    public ImmutableArray<DecisionStep> Steps { get; init; } = [];

    /// <summary>The SGM that the action is about; null when there is none.</summary>
    public GatewaySerial? Serial { get; init; }

    /// <summary>The other group of a move.</summary>
    public SecurityGroupId? OtherGroup { get; init; }

    /// <summary>When an add must start at the latest to serve in time; null when none is needed.</summary>
    public DateTimeOffset? LatestSafeStart { get; init; }

    /// <summary>Age of the newest sample of the group; null when there is none.</summary>
    public TimeSpan? TelemetryAge { get; init; }

    /// <summary>Share of ACTIVE members with fresh samples, 0 to 1.</summary>
    public double TelemetryCoverage { get; init; }

    /// <summary>The forecast model used; null when none was.</summary>
    public string? ForecastModel { get; init; }

    /// <summary>The forecast that it rests on; null when none was used, and in older records.</summary>
    public ForecastFacts? Forecast { get; init; }

    /// <summary>Which forecasts may not be relied on, and why; null when all may, and in older records.</summary>
    public string? ForecastProblem { get; init; }

    /// <summary>What happens when nothing is done; null without a forecast, and in older records.</summary>
    public DecisionRisk? Risk { get; init; }

    /// <summary>How far adds may go by themselves; null in older records.</summary>
    public ScalingMode? ModeOut { get; init; }

    /// <summary>How far removals may go by themselves; null in older records.</summary>
    public ScalingMode? ModeIn { get; init; }

    /// <summary>The version of the policy that the decision follows; null in records from before it was kept.</summary>
    public string? PolicyVersion { get; init; }

    /// <summary>What else was considered and why it was not taken, in sentences.</summary>
    public ImmutableArray<string> Alternatives { get; init; } = [];

    /// <summary>The SGM that another group got instead; null when there is none.</summary>
    public LostSgm? Lost { get; init; }

    /// <summary>True when the group is left with less than it wants.</summary>
    [JsonIgnore]
    public bool IsShort => Action == DecisionAction.Hold && WantedUnits > CommittedUnits + PlannerRules.DeadBandOut;
}
