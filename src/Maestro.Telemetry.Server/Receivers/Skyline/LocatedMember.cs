using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Server.Receivers.Skyline;

/// <summary>Where a member is in the fabric, or why it is refused.</summary>
/// <param name="Gateway">Null when it is refused.</param>
/// <param name="Reason">Why.</param>
/// <param name="Sentence">Why, with field, value and remedy.</param>
internal sealed record LocatedMember(Gateway? Gateway, RefusalReason Reason, string Sentence)
{
    public static LocatedMember At(Gateway gateway) => new(gateway, default, "");

    public static LocatedMember Refused(RefusalReason reason, string sentence) => new(null, reason, sentence);
}
