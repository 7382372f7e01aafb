using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Scaling;

/// <summary>Which SGMs carry a group's work, or will.</summary>
internal sealed record Capacity
{
    /// <summary>Members that serve now and stay, on sites that serve.</summary>
    public required ImmutableArray<Gateway> Serving { get; init; }

    /// <summary>SGMs on their way into service, on sites that serve.</summary>
    public required ImmutableArray<Gateway> Joining { get; init; }

    /// <summary>SGMs that an unanswered proposal would bring, on sites that serve.</summary>
    public required ImmutableArray<Gateway> Proposed { get; init; }

    /// <summary>All of these on sites that stand by.</summary>
    public required ImmutableArray<Gateway> Standby { get; init; }

    /// <param name="input">Where the SGMs of commands are looked up.</param>
    /// <param name="id">The group.</param>
    /// <param name="members">Its members, whatever their state.</param>
    /// <param name="open">Open commands that touch the group.</param>
    /// <param name="failed">Serials of members that did not get into service: <see cref="FailedJoins"/>.</param>
    /// <param name="servingSite">The one site that serves; null when all do.</param>
    public static Capacity Read(
        PlannerInput input,
        SecurityGroupId id,
        ImmutableArray<Gateway> members,
        ImmutableArray<ScalingCommand> open,
        ImmutableArray<string> failed,
        SiteId? servingSite)
    {
        var leaving = open.Where(c => c.IsInFlight && c.From == id).Select(c => c.Serial).ToHashSet();
        var coming = open.Where(c => c.IsInFlight && c.To == id).Select(c => c.Serial).ToHashSet();
        var offered = open
            .Where(c => c.State == CommandState.Proposed && c.To == id)
            .Select(c => c.Serial)
            .ToHashSet();

        // Another group's member counts as soon as its move is in flight, and an SGM that shows up here counts once.
        var staying = members.Where(m => !leaving.Contains(m.Serial)).ToList();
        var arriving = coming.Select(input.Fabric.Find).OfType<Gateway>().Where(g => g.Group != id);
        var joining = staying.Where(m => m.State != MemberState.Active && IsJoining(m)).Concat(arriving).ToList();
        var proposed = offered.Select(input.Fabric.Find).OfType<Gateway>().Where(g => g.Group != id).ToList();
        var ready = staying.Where(m => m.State is MemberState.Active or MemberState.Standby or MemberState.Backup);
        return new()
        {
            Serving = [.. staying.Where(m => m.State == MemberState.Active && Serves(m))],
            Joining = [.. Ordered(joining.Where(Serves))],
            Proposed = [.. Ordered(proposed.Where(Serves))],
            Standby = [.. Ordered(ready.Concat(joining).Concat(proposed).Where(g => !Serves(g)).DistinctBy(g => g.Serial))],
        };

        bool Serves(Gateway gateway) => servingSite is null || gateway.Site == servingSite;

        // A state that we do not know is given the benefit of the doubt: it must not start a storm of adds. Of an SGM that
        // did not get into service in time there is no doubt: what it should have brought is still missing.
        bool IsJoining(Gateway member) =>
            coming.Contains(member.Serial)
            || (member.State is MemberState.Init or MemberState.Ready or MemberState.Unknown
                && !failed.Contains(member.Serial.Value));

        static IEnumerable<Gateway> Ordered(IEnumerable<Gateway> gateways) =>
            gateways.OrderBy(g => g.Serial.Value, StringComparer.Ordinal);
    }
}
