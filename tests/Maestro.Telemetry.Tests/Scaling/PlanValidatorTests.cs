using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Tests.Scaling;

public sealed class PlanValidatorTests
{
    // One add for group 1 and one removal from group 2, on different sites.
    private static readonly PlannerInput Input = new Scene()
        .Group(1, members: 4, demand: 2, forecast: 3.4)
        .Group(2, members: 6, demand: 1.5)
        .Gateway("G2M01", OnSite2).Gateway("G2M02", OnSite2).Gateway("G2M03", OnSite2)
        .Gateway("G2M04", OnSite2).Gateway("G2M05", OnSite2).Gateway("G2M06", OnSite2)
        .Pool(3)
        .Input();

    private static readonly ScalingPlan Plan = ScalingPlanner.Plan(Input);

    private static ScalingCommand Add => Plan.Commands.Single(c => c.Kind == CommandKind.Add);

    private static ScalingCommand Remove => Plan.Commands.Single(c => c.Kind == CommandKind.Remove);

    public static TheoryData<string, string> Mutations => new()
    {
        { "twice", "is in 2 commands" },
        { "two removals", "loses 2 SGMs" },
        { "unknown SGM", "the fabric does not have" },
        { "wrong kind", "does not fit together" },
        { "wrong place", "but it is in" },
        { "wrong site", "is cabled to site" },
        { "SMO", "whose SMO it is" },
        { "mode", "allows Recommend at most" },
        { "no policy", "has no policy" },
    };

    [Theory]
    [MemberData(nameof(Mutations))]
    public void MutatedPlan_IsRefused(string mutation, string finding)
    {
        var commands = Plan.Commands;
        commands = mutation switch
        {
            "twice" => commands.Add(Add with { Id = "other" }),
            "two removals" => commands.Add(Remove with { Id = "other", Serial = new("G2M05") }),
            "unknown SGM" => commands.Replace(Add, Add with { Serial = new("NOWHERE") }),
            "wrong kind" => commands.Replace(Add, Add with { Kind = CommandKind.Remove }),
            "wrong place" => commands.Replace(Add, Add with { Serial = new("G1M02") }),
            "wrong site" => commands.Replace(Add, Add with { Site = new(2) }),
            "SMO" => commands.Replace(Remove, Remove with { Serial = new("G2M01") }),
            "mode" => commands.Replace(Remove, Remove with { Mode = ScalingMode.Enforce }),
            "no policy" => commands.Replace(Add, Add with { To = new(9) }),
            _ => throw new ArgumentOutOfRangeException(nameof(mutation)),
        };

        Assert.Empty(PlanValidator.Check(Input, Plan));
        Assert.Contains(
            PlanValidator.Check(Input, Plan with { Commands = commands }),
            f => f.Contains(finding, StringComparison.Ordinal));
    }

    public static TheoryData<string, string> Changes => new()
    {
        { "pause", "crosses the pause of anna" },
        { "foreign", "beside a staged change" },
        { "in flight", "is in flight" },
        { "reserved", "in the open command" },
        { "licence", "no valid licence" },
        { "state", "not Unassigned" },
        { "release", "where no member has it" },
        { "old release", "below R81.20" },
        { "group cap", "its cap is 4" },
        { "site cap", "the cap is 4" },
        { "minimum", "its minimum is 6" },
        { "survive", "would not survive" },
        { "stale", "newest sample is from" },
        { "coverage", "is measured" },
        { "no telemetry", "without telemetry" },
        { "zero", "CPU work is not measured" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void PlanThatNoLongerFitsTheWorld_IsRefused(string change, string finding)
    {
        var changed = change switch
        {
            "pause" => Input with { Pauses = [new PauseRecord(null, "anna", "test", Scene.Noon, null)] },
            "foreign" => Input with { Fabric = Fabric(pending: new PendingChange(null, null, null, "a new group")) },
            "in flight" => Input with
            {
                Commands = [Remove with { Id = "x", Serial = new("G2M04"), State = CommandState.Applied }],
            },
            "reserved" => Input with { Commands = [Add with { Id = "x" }] },
            "licence" => Input with { Fabric = Fabric(Add.Serial, g => g with { Licensed = false }) },
            "state" => Input with { Fabric = Fabric(Add.Serial, g => g with { State = MemberState.Lost }) },
            "release" => Input with { Fabric = Fabric(Add.Serial, g => g with { Release = new("R81.20") }) },
            "old release" => Input with { Fabric = Fabric(new("G1M02"), g => g with { Release = new("R81.10") }) },
            "group cap" => Policy(1, p => p with { Maximum = 4 }),
            "site cap" => Input with { Limits = new FabricLimits { MaxMembersPerSite = 4 } },
            "minimum" => Policy(2, p => p with { Minimum = 6 }),
            "survive" => Policy(2, p => p with { SurviveFailures = 4 }),
            "stale" => Telemetry(t => t with { NewestSample = Scene.Noon.AddSeconds(-21) }),
            "coverage" => Telemetry(t => t with { Coverage = 0.8 }),
            "no telemetry" => Telemetry(t => t with { NewestSample = null }),
            "zero" => Telemetry(t => t with { Demand = t.Demand.SetItem(Resource.CpuWork, 0) }),
            _ => throw new ArgumentOutOfRangeException(nameof(change)),
        };

        Assert.Contains(PlanValidator.Check(changed, Plan), f => f.Contains(finding, StringComparison.Ordinal));
    }

    [Fact]
    public void SingleOpenCommand_IsCheckedAsAPlanOfItsOwn()
    {
        var approved = Add with { State = CommandState.Approved };
        var later = Input with { Commands = [approved], Now = Input.Now.AddSeconds(4) };
        var alone = Plan with { Commands = [approved], Decisions = [] };

        Assert.Empty(PlanValidator.Check(later, alone));
    }

    private static Gateway OnSite2(Gateway gateway) => gateway with { Site = new(2) };

    private static FabricSnapshot Fabric(
        GatewaySerial? serial = null, Func<Gateway, Gateway>? change = null, PendingChange? pending = null) =>
        new(
            Scene.Noon,
            Input.Fabric.Groups,
            Input.Fabric.Gateways.Select(g => g.Serial == serial ? change!(g) : g),
            null,
            pending is null ? [] : [pending]);

    private static PlannerInput Policy(int id, Func<ScalingPolicy, ScalingPolicy> change) =>
        Input with { Policies = [.. Input.Policies.Select(p => p.Group.Value == id ? change(p) : p)] };

    private static PlannerInput Telemetry(Func<GroupTelemetry, GroupTelemetry> change) =>
        Input with { Telemetry = [.. Input.Telemetry.Select(t => t.Group.Value == 2 ? change(t) : t)] };
}
