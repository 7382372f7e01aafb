using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Server.Receivers.Skyline;

/// <summary>A member that has sent, and where it was found when the fabric was looked at last.</summary>
internal sealed class KnownMember(MemberIdentity identity)
{
    private volatile Found? _found;
    private volatile string? _serial;
    private volatile bool _isSerialKnown;

    public MemberIdentity Identity => identity;

    /// <summary>The serial that the labels or the table tell; null when the fabric must be asked.</summary>
    public GatewaySerial? SerialOf(MemberLocator locator)
    {
        if (!_isSerialKnown)
        {
            _serial = locator.SerialOf(identity)?.Value;
            _isSerialKnown = true;
        }

        return _serial is { } serial ? new GatewaySerial(serial) : null;
    }

    public LocatedMember Locate(MemberLocator locator)
    {
        if (_found is { } found && ReferenceEquals(found.Fabric, locator.Fabric))
        {
            return found.Place;
        }

        var place = locator.Locate(identity);
        _found = new Found(locator.Fabric, place);
        return place;
    }

    private sealed record Found(FabricSnapshot Fabric, LocatedMember Place);
}
