using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Scaling.Guards;
using Maestro.Telemetry.Scaling.Learning;
using Maestro.Telemetry.Scaling.Outlooks;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Scaling;

/// <summary>One group while a plan is made: what is read of it once, and what the plan has decided so far.</summary>
internal sealed class GroupState
{
    public required SecurityGroup Group { get; init; }

    public required ScalingPolicy Policy { get; init; }

    /// <summary>All members, whatever their state; ordered by serial.</summary>
    public required ImmutableArray<Gateway> Members { get; init; }

    /// <summary>The site that serves, when the other only stands by; null when all sites serve.</summary>
    public required SiteId? ServingSite { get; init; }

    /// <summary>The release of most members; null when there is none.</summary>
    public required Release? Release { get; init; }

    public required GroupTelemetry? Telemetry { get; init; }

    public required TelemetryVerdict Verdict { get; init; }

    /// <summary>Forecasts that may be relied on, by resource.</summary>
    public required ImmutableSortedDictionary<Resource, DemandForecast> Forecasts { get; init; }

    /// <summary>Why a resource has no forecast that may be relied on.</summary>
    public required ImmutableSortedDictionary<Resource, string> ForecastProblems { get; init; }

    /// <summary>Open commands that touch the group.</summary>
    public required ImmutableArray<ScalingCommand> Open { get; init; }

    /// <summary>Members that serve now and stay, on sites that serve.</summary>
    public required ImmutableArray<Gateway> Serving { get; init; }

    /// <summary>SGMs on their way into service here, on sites that serve.</summary>
    public required ImmutableArray<Gateway> Joining { get; init; }

    /// <summary>SGMs that an unanswered proposal would bring, on sites that serve.</summary>
    public required ImmutableArray<Gateway> Proposed { get; init; }

    /// <summary>SGMs on sites that stand by, serving or not, with those on their way there and those proposed.</summary>
    public required ImmutableArray<Gateway> Standby { get; init; }

    /// <summary>Serials of members that did not get into service when they were brought in.</summary>
    public required ImmutableArray<string> FailedJoins { get; init; }

    /// <summary>Serials of members that got into service only after their change had been given up.</summary>
    public required ImmutableArray<string> LateJoins { get; init; }

    /// <summary>Members and SGMs that may become members, as the caps count them: serial and site.</summary>
    public required ImmutableArray<(GatewaySerial Serial, SiteId Site)> Claims { get; init; }

    /// <summary>True when a resource is used above the hard limit now.</summary>
    public required bool IsEmergency { get; init; }

    public required DateTimeOffset? OutOfBandAt { get; init; }

    /// <summary>From the decision until an added SGM carries its share.</summary>
    public TimeSpan LeadTime => Learned?.Value ?? Policy.LeadTime;

    /// <summary>The lead time with what was learned of it; null when nothing was read.</summary>
    public LeadTime? Learned { get; init; }

    /// <summary>The share of demand that is to be served.</summary>
    public double Quantile => Verdict.IsBlind ? GuardRules.BlindQuantile : Policy.Quantile;

    /// <summary>The capacity of so many SGMs; set once, right after the state is read, like all that follows.</summary>
    public CapacityLadder Ladder { get; set; } = null!;

    /// <summary>What will be needed; null when no forecast may be relied on.</summary>
    public DemandOutlook? Outlook { get; set; }

    /// <summary>The numbers of SGMs that cost least; null without an outlook.</summary>
    public CapacityPath? Path { get; set; }

    /// <summary>A level that demand came to although no forecast had it; null when there is none to hold.</summary>
    public Surge? Surge { get; set; }

    /// <summary>What is needed when an SGM that is ordered now serves.</summary>
    public GroupNeed Need { get; set; } = null!;

    /// <summary>What must be kept now.</summary>
    public GroupNeed LongNeed { get; set; } = null!;

    /// <summary>Units that must be left when a site is lost; 0 where no such loss is planned for.</summary>
    public double SiteLossUnits { get; set; }

    public DateTimeOffset? LatestSafeStart { get; set; }

    /// <summary>SGMs that this plan gives to the group.</summary>
    public List<Gateway> Granted { get; } = [];

    /// <summary>SGMs whose approved removal this plan calls off.</summary>
    public List<Gateway> Kept { get; } = [];

    /// <summary>The SGM that this plan takes from the group.</summary>
    public Gateway? Taken { get; set; }

    /// <summary>Why nothing was taken from a group of lower priority; null when nobody was asked.</summary>
    public Refusal? PreemptionDenied { get; set; }

    public GroupOutcome? Outcome { get; set; }

    public List<DecisionStep> Steps { get; } = [];

    public List<string> Alternatives { get; } = [];

    public SecurityGroupId Id => Group.Id;

    /// <summary>True when the group's adds are only shown. Such a group must not take an SGM from one that acts.</summary>
    public bool OnlyObserves => Policy.ScaleOutMode == ScalingMode.Observe;

    /// <summary>Serving and joining SGMs.</summary>
    public IEnumerable<Gateway> Committed => Serving.Concat(Joining);

    public double CommittedUnits => Committed.Sum(g => g.Model.Weight);

    public double ServingUnits => Serving.Sum(g => g.Model.Weight);

    /// <summary>Serving, joining, proposed, kept and granted SGMs: what the next proposal comes on top of.</summary>
    public IEnumerable<Gateway> Expected =>
        Committed.Concat(Proposed).Concat(Kept).Concat(Granted.Where(g => Serves(g.Site)));

    public double ExpectedUnits => Expected.Sum(g => g.Model.Weight);

    public int ClaimsOn(SiteId site) => Claims.Count(c => c.Site == site) + Granted.Count(g => g.Site == site);

    public int TotalClaims => Claims.Length + Granted.Count;

    /// <summary>True when work on that site counts as capacity.</summary>
    public bool Serves(SiteId site) => ServingSite is null || ServingSite == site;

    /// <summary>True when these SGMs, in service, are less than the group needs.</summary>
    public bool IsShort(IEnumerable<Gateway> gateways) => IsShort([.. gateways.Select(g => g.Model.Weight)]);

    /// <summary>True when SGMs of these weights, in service, are less than the group needs.</summary>
    public bool IsShort(List<double> weights)
    {
        var standby = Members.Count(m => !Serves(m.Site) && IsHealthy(m)) + Granted.Count(g => !Serves(g.Site));
        var (wanted, units) = (Need.WantedOf(weights), weights.Sum());

        // Less than a part of an SGM is not worth a change, unless the hard limit would be passed.
        var isHard = IsEmergency || wanted * Policy.TargetUtilization > units * Policy.HardUtilization;
        return weights.Count + standby < Need.FloorMembers
            || wanted > units + (isHard ? PlannerRules.Tolerance : PlannerRules.DeadBandOut);
    }

    /// <summary>True when a member is as it should be: ACTIVE, or standing by on a site that stands by.</summary>
    public bool IsHealthy(Gateway member) =>
        member.State == MemberState.Active
        || (!Serves(member.Site) && member.State is (MemberState.Standby or MemberState.Backup));

    /// <summary>What the brakes know of the group.</summary>
    public GuardFacts Guards { get; init; } = GuardFacts.None;
}
