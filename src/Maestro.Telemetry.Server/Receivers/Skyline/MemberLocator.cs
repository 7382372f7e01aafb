using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Fabrics;

namespace Maestro.Telemetry.Server.Receivers.Skyline;

/// <summary>
/// Finds the SGM that a series is of: by a label with its serial, by the configured table, or by group, site and member
/// as the fabric has them now.
/// </summary>
internal sealed class MemberLocator(FabricState fabric, LearnedFabric learned, IOptions<ReceiverOptions> options)
{
    private const int MaxSerialLength = 128;

    private readonly List<KnownMemberOptions> _table = options.Value.Members;

    /// <summary>False while nobody can say whose samples come: then nothing is refused for good.</summary>
    public bool IsReady => learned.Enabled || fabric.IsKnown;

    /// <summary>The fabric that answers are about; another object means that they may differ.</summary>
    public FabricSnapshot Fabric => fabric.Current;

    /// <summary>The serial that the labels or the table tell; null when the fabric must be asked.</summary>
    public GatewaySerial? SerialOf(MemberIdentity member) =>
        (member.Serial ?? _table.Find(known => Fits(known, member))?.Serial) is { } serial ? new GatewaySerial(serial) : null;

    /// <summary>Where the fabric has the member now. Without Orchestrators, what has a serial becomes part of the fabric.</summary>
    public LocatedMember Locate(MemberIdentity member)
    {
        if (SerialOf(member) is { } serial)
        {
            return BySerial(serial, member);
        }

        var snapshot = fabric.Current;
        if (GroupOf(member, snapshot) is not { } group || member.Member is not { } number)
        {
            return LocatedMember.Refused(RefusalReason.UnknownSerial, FormattableString.Invariant(
                $"{Describe(member)} do not name an SGM; send group, site and member id, a serial number, or add the member to Maestro:Receivers:Members."));
        }

        var found = snapshot.MembersOf(group)
            .Where(g => g.MemberId == number && (member.Site is not { } site || g.Site.Value == site))
            .ToList();
        return found switch
        {
            [var one] => LocatedMember.At(one),
            [] => LocatedMember.Refused(RefusalReason.UnknownSerial, FormattableString.Invariant(
                $"{Describe(member)} are no SGM of this fabric; check the labels, the Orchestrators, or add the member to Maestro:Receivers:Members.")),
            _ => LocatedMember.Refused(RefusalReason.UnknownSerial, FormattableString.Invariant(
                $"{Describe(member)} fit {found.Count} SGMs; send the site too.")),
        };
    }

    private LocatedMember BySerial(GatewaySerial serial, MemberIdentity member)
    {
        if (serial.Value.Length > MaxSerialLength)
        {
            return LocatedMember.Refused(RefusalReason.UnknownSerial, FormattableString.Invariant(
                $"The serial has {serial.Value.Length} characters; it must have at most {MaxSerialLength}."));
        }

        if (fabric.Current.Find(serial) is null && learned.Enabled)
        {
            learned.Learn(serial, member.Site, member.Group, member.Member);
        }

        var gateway = fabric.Current.Find(serial);
        if (gateway is null)
        {
            return LocatedMember.Refused(RefusalReason.UnknownSerial, FormattableString.Invariant(
                $"serial {serial} is not an SGM of this fabric; check the serial number, or the Orchestrators."));
        }

        return member.Site is { } site && site != gateway.Site.Value
            ? LocatedMember.Refused(RefusalReason.WrongSite, FormattableString.Invariant(
                $"the site is {site}, but SGM {serial} is cabled to site {gateway.Site}; correct the labels."))
            : LocatedMember.At(gateway);
    }

    private static SecurityGroupId? GroupOf(MemberIdentity member, FabricSnapshot snapshot)
    {
        if (member.Group is { } group)
        {
            return new SecurityGroupId(group);
        }

        var named = snapshot.Groups
            .Where(g => string.Equals(g.Name, member.GroupName, StringComparison.OrdinalIgnoreCase))
            .ToList();
        return named is [var one] ? one.Id : null;
    }

    private static bool Fits(KnownMemberOptions known, MemberIdentity member) =>
        (known.HostName is null || string.Equals(known.HostName, member.HostName, StringComparison.OrdinalIgnoreCase))
        && (known.SecurityGroup is null || known.SecurityGroup == member.Group)
        && (known.Site is null || known.Site == member.Site)
        && (known.Member is null || known.Member == member.Member);

    private static string Describe(MemberIdentity member) => FormattableString.Invariant(
        $"group {Show(member.Group)}, site {Show(member.Site)}, member {Show(member.Member)}, host name {Shorten(member.HostName)}");

    private static string Show(int? number) =>
        number is { } value ? FormattableString.Invariant($"{value}") : "not set";

    private static string Shorten(string? name) => name switch
    {
        null => "not set",
        { Length: > 64 } => $"'{name[..64]}…'",
        _ => $"'{name}'",
    };
}
