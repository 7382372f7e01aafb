using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Scaling;

/// <summary>An operator's stop for new commands.</summary>
/// <param name="Group">The group it is for; null for all.</param>
/// <param name="Until">When it ends by itself; null when it does not.</param>
/// <param name="Direction">What it stops.</param>
/// <param name="Site">The site it is for; null for all. A pause is for a group, a site or everything.</param>
public sealed record PauseRecord(
    SecurityGroupId? Group,
    string Actor,
    string Reason,
    DateTimeOffset Since,
    DateTimeOffset? Until,
    PauseDirection Direction = PauseDirection.Both,
    SiteId? Site = null)
{
    /// <summary>What it stops, for example "group 2" or "removals on site 1".</summary>
    public string Scope => (Direction, Group, Site) switch
    {
        (PauseDirection.Both, { } group, _) => $"group {group}",
        (PauseDirection.Both, null, { } site) => $"site {site}",
        (PauseDirection.Both, null, null) => "everything",
        (_, { } group, _) => $"{What} of group {group}",
        (_, null, { } site) => $"{What} on site {site}",
        _ => What,
    };

    private string What => Direction == PauseDirection.Out ? "adds" : "removals";

    /// <summary>True when the pause has not ended.</summary>
    public bool HoldsAt(DateTimeOffset now) => Until is null || Until > now;

    /// <summary>True when it stops that command.</summary>
    public bool Stops(ScalingCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (Site is { } site && command.Site != site)
        {
            return false;
        }

        var adds = command.To is { } to && (Group is null || Group == to);
        var takes = command.From is { } from && (Group is null || Group == from);
        return (adds && Direction is not PauseDirection.In) || (takes && Direction is not PauseDirection.Out);
    }
}
