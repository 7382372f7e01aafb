using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Fabrics;
using Maestro.Telemetry.Server.Receivers.Skyline;

namespace Maestro.Telemetry.Server.Polling;

/// <summary>Who is in a group now: as the fabric has it and, without Orchestrators, as the configuration does.</summary>
internal sealed class PolledMembers(FabricState fabric, MemberLocator locator, IOptions<ReceiverOptions> receivers)
{
    /// <summary>Members with a number, in its order; null while the fabric has not been read.</summary>
    public IReadOnlyList<Gateway>? Of(SecurityGroupId group)
    {
        if (!locator.IsReady)
        {
            return null;
        }

        // Without Orchestrators, to look for a stated member makes it part of the fabric.
        foreach (var stated in receivers.Value.Members.Where(m => m.SecurityGroup == group.Value && m.Member is not null))
        {
            locator.Locate(new MemberIdentity(stated.Serial, stated.SecurityGroup, stated.Site, stated.Member, null));
        }

        return
        [
            .. fabric.Current.MembersOf(group)
                .Where(g => g.MemberId is not null)
                .OrderBy(g => g.Site)
                .ThenBy(g => g.MemberId),
        ];
    }

    /// <summary>Whether the fabric still has a member where it was when it was asked.</summary>
    public bool IsStill(Gateway asked) =>
        fabric.Current.Find(asked.Serial) is { } now
        && now.Group == asked.Group && now.Site == asked.Site && now.MemberId == asked.MemberId;
}
