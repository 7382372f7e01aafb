using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Gaia;

/// <summary>How far a change has come, and why it is seen so.</summary>
internal sealed record ChangeAssessment(ChangeStage Stage, string Reason)
{
    private const int MaxNamed = 3;

    public static ChangeAssessment Of(TopologyView view, MembershipChange change)
    {
        var (serial, from, to) = change;
        if (!view.Deployed.Gateways.TryGetValue(serial, out var gateway))
        {
            return new(ChangeStage.OutOfDate, $"The Orchestrator knows no SGM {serial}.");
        }

        if (gateway.Group == to)
        {
            return new(ChangeStage.Deployed, $"The SGM {serial} is in {Place(to)}.");
        }

        if (gateway.Group != from)
        {
            return new(
                ChangeStage.OutOfDate,
                $"The SGM {serial} is in {Place(gateway.Group)}, not in {Place(from)} as the change expects.");
        }

        if (to is { } target && !view.Deployed.Groups.ContainsKey(target))
        {
            return new(ChangeStage.OutOfDate, $"There is no deployed Security Group {target} for the SGM {serial} to join.");
        }

        var staged = view.Pending.Any(p => IsOwn(p, change));
        var foreign = view.Pending.Where(p => !IsOwn(p, change)).ToArray();
        return foreign.Length > 0 ? new(ChangeStage.ForeignPending, Foreign(foreign, staged, change))
            : staged ? new(ChangeStage.Staged, $"Only the change of SGM {serial} is staged.")
            : new(ChangeStage.Clear, "Nothing is staged.");
    }

    public static string Place(SecurityGroupId? group) => group is { } id ? $"Security Group {id}" : "the pool";

    private static bool IsOwn(PendingChange pending, MembershipChange change) =>
        pending.Serial == change.Serial
        && pending.DeployedGroup == change.From
        && pending.PendingGroup == change.To;

    private static string Foreign(PendingChange[] foreign, bool staged, MembershipChange change)
    {
        var named = string.Join(" ", foreign.Take(MaxNamed).Select(p => p.Description));
        var more = foreign.Length > MaxNamed ? $" And {foreign.Length - MaxNamed} more." : "";
        var own = staged ? $" The change of SGM {change.Serial} is staged beside them and not applied." : "";
        return $"Changes of somebody else are staged, and an apply would deploy them too: {named}{more}{own} "
            + "Apply or discard them on the Orchestrator; nothing is applied here before that.";
    }
}
