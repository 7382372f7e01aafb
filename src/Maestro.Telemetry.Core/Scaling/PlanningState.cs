using System.Collections.Immutable;
using System.Globalization;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling.Guards;
using Maestro.Telemetry.Scaling.Learning;

namespace Maestro.Telemetry.Scaling;

/// <summary>A plan while it is made.</summary>
internal sealed class PlanningState
{
    private readonly List<ScalingCommand> _commands = [];
    private readonly ILookup<SiteId, Gateway> _free;

    public PlanningState(PlannerInput input)
    {
        Input = input;
        Blocks = new FabricBlocks(input);
        _free = input.Fabric.Pool.ToLookup(g => g.Site);
        BusySites = [.. input.Commands.Where(c => c.IsInFlight).Select(c => c.Site)];
        ClosedSites = [.. input.Commands.Where(c => c.IsInFlight && !IsJoining(c)).Select(c => c.Site)];

        // Groups that only observe come last: what is only shown must not take an SGM from what is done.
        Groups =
        [
            .. from policy in input.Policies.DistinctBy(p => p.Group)
               let @group = input.Fabric.Find(policy.Group)
               where @group is not null
               orderby policy.ScaleOutMode == ScalingMode.Observe, policy.Priority, policy.Group
               select GroupReader.Read(input, policy, @group, _free),
        ];
    }

    public PlannerInput Input { get; }

    public FabricBlocks Blocks { get; }

    /// <summary>SGMs of a site that are in no group, ordered by serial.</summary>
    public IEnumerable<Gateway> FreeOn(SiteId site) => _free[site];

    /// <summary>In the order in which they are served.</summary>
    public ImmutableArray<GroupState> Groups { get; }

    /// <summary>Sites on which something is on its way: nothing is taken there.</summary>
    public HashSet<SiteId> BusySites { get; }

    /// <summary>
    /// Sites on which nothing is added either. When an Orchestrator has applied an add, it is free for the next one,
    /// while the SGM boots and synchronizes; one that takes too long is looked into before others follow it.
    /// </summary>
    public HashSet<SiteId> ClosedSites { get; }

    /// <summary>Sites on which this plan changes something.</summary>
    public HashSet<SiteId> ChangedSites { get; } = [];

    /// <summary>Sites on which this plan takes an SGM from a group.</summary>
    public HashSet<SiteId> RemovedOn { get; } = [];

    /// <summary>The SGMs that this plan has given away, and to whom.</summary>
    public Dictionary<GatewaySerial, GroupState> Taken { get; } = [];

    public IReadOnlyList<ScalingCommand> Commands => _commands;

    /// <summary>SGMs whose removal is called off: their groups give none in this plan.</summary>
    public HashSet<GatewaySerial> Recalled { get; } = [];

    /// <summary>Commands that are called off, by id.</summary>
    public SortedDictionary<string, Withdrawal> Withdrawn { get; } = new(StringComparer.Ordinal);

    public static string DecisionId(DateTimeOffset now, SecurityGroupId group) =>
        string.Create(CultureInfo.InvariantCulture, $"{Stamp(now)}-d{group.Value:D3}");

    /// <summary>Adds the command that gives an SGM to a group, out of the pool or out of a donor.</summary>
    public void Give(GroupState receiver, Gateway gateway, GroupState? donor, string reason)
    {
        var mode = receiver.Policy.ScaleOutMode;
        if (donor is not null)
        {
            // The stricter of the two: observe before recommend before enforce.
            mode = (ScalingMode)Math.Min((int)mode, (int)donor.Policy.ScaleInMode);
            Lose(donor, gateway);
        }

        receiver.Granted.Add(gateway);
        Taken.Add(gateway.Serial, receiver);
        var kind = donor is null ? CommandKind.Add : CommandKind.Move;
        Append(kind, gateway, donor?.Id, receiver.Id, receiver.Id, mode, reason, receiver.LatestSafeStart);
    }

    /// <summary>Adds the command that takes an SGM out of a group into the pool.</summary>
    public void Free(GroupState state, Gateway gateway, string reason)
    {
        Lose(state, gateway);
        Append(CommandKind.Remove, gateway, state.Id, null, state.Id, state.Policy.ScaleInMode, reason, null);
    }

    private void Lose(GroupState state, Gateway gateway)
    {
        state.Taken = gateway;
        RemovedOn.Add(gateway.Site);
        if (Foresight.Basis(Input, state) is { } basis)
        {
            var units = state.CommittedUnits;
            state.Steps.Add(new(Foresight.Rule, units, units, basis));
        }
    }

    private bool IsJoining(ScalingCommand command) =>
        command is { Kind: CommandKind.Add, State: CommandState.Applied }
        && Input.Policies.FirstOrDefault(p => p.Group == command.To) is { } policy
        && Input.Now - command.UpdatedAt <= PlannerRules.LateJoin * LeadTime.OfJoin(
            Input.LeadTimes, policy, command.Site, Input.Fabric.Find(command.Serial)?.Model.Name);

    private static string Stamp(DateTimeOffset now) =>
        now.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfffffff'Z'", CultureInfo.InvariantCulture);

    private void Append(
        CommandKind kind,
        Gateway gateway,
        SecurityGroupId? from,
        SecurityGroupId? to,
        SecurityGroupId decidedFor,
        ScalingMode mode,
        string reason,
        DateTimeOffset? latestStart)
    {
        if (mode == ScalingMode.Enforce && Blocks.ProposeOnly(gateway.Site))
        {
            mode = ScalingMode.Recommend;
            reason += $" It waits for an approval, because site {gateway.Site} has one Orchestrator only.";
        }

        (mode, reason) = ModeGuards.Apply(this, gateway.Site, from, to, mode, reason);
        var now = Input.Now;
        var expires = now + PlannerRules.ProposalLife;
        _commands.Add(new ScalingCommand
        {
            Id = string.Create(
                CultureInfo.InvariantCulture, $"{Stamp(now)}-c{_commands.Count + 1:D3}-g{decidedFor.Value:D3}"),
            Kind = kind,
            Serial = gateway.Serial,
            Site = gateway.Site,
            From = from,
            To = to,
            DecisionId = DecisionId(now, decidedFor),
            Reason = reason,
            Mode = mode,
            State = CommandState.Proposed,
            CreatedAt = now,
            UpdatedAt = now,
            ExpiresAt = latestStart > expires ? latestStart.Value : expires,
        });
        ChangedSites.Add(gateway.Site);
    }
}
