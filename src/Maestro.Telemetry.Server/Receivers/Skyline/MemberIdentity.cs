using System.Globalization;

namespace Maestro.Telemetry.Server.Receivers.Skyline;

/// <summary>Which member a series says it is of. What it does not say is null.</summary>
/// <param name="Serial">Its serial number.</param>
/// <param name="Group">The number of its Security Group.</param>
/// <param name="Site">The number of its site.</param>
/// <param name="Member">Its number inside the group.</param>
/// <param name="HostName">For example sg1-ch01-02.</param>
internal sealed record MemberIdentity(string? Serial, int? Group, int? Site, int? Member, string? HostName)
{
    private const string SiteMark = "-ch";

    /// <summary>The group's name as a host name of Maestro has it, for example sg1 of sg1-ch01-02; else null.</summary>
    public string? GroupName => Split(HostName)?.Name;

    /// <summary>Reads what the labels say; what the host name says fills what they leave out.</summary>
    public static MemberIdentity Of(string? serial, string? group, string? site, string? member, string? host)
    {
        var (memberSite, memberId) = ReadMember(member);
        var named = Split(host);
        return new MemberIdentity(
            serial,
            Number(group),
            Number(site) ?? memberSite ?? named?.Site,
            memberId ?? named?.Member,
            host);
    }

    /// <summary>Whether what a member says of a member, by id and name, is said of itself.</summary>
    public bool IsSelf(string? id, string? name)
    {
        if (name is not null && HostName is not null)
        {
            return string.Equals(name, HostName, StringComparison.OrdinalIgnoreCase);
        }

        var (site, member) = ReadMember(id);
        return (id is null && name is null)
            || (member is not null && member == Member && (site is null || site == Site));
    }

    // "2", "02", or with the site as ClusterXL prints it: "1_2", "1_02".
    private static (int? Site, int? Member) ReadMember(string? text)
    {
        var at = text?.IndexOf('_', StringComparison.Ordinal) ?? -1;
        return at < 0 ? (null, Number(text)) : (Number(text![..at]), Number(text[(at + 1)..]));
    }

    private static (string Name, int Site, int Member)? Split(string? host)
    {
        var mark = host?.LastIndexOf(SiteMark, StringComparison.OrdinalIgnoreCase) ?? -1;
        var parts = mark < 0 ? [] : host![(mark + SiteMark.Length)..].Split('-');
        return parts is [var site, var member] && Number(site) is { } siteId && Number(member) is { } memberId
            ? (host![..mark], siteId, memberId)
            : null;
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
