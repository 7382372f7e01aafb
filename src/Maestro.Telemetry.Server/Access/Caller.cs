using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Server.Access;

/// <summary>Who calls, and what that lets them do.</summary>
/// <param name="Name">For the audit log and the ledger.</param>
/// <param name="Roles">Every role that the caller has.</param>
/// <param name="Serials">The SGMs whose samples the caller may report.</param>
internal sealed record Caller(string Name, IReadOnlyList<CallerRole> Roles, SerialScope Serials)
{
    /// <summary>Whoever reaches a listener that asks nobody: on loopback only, and allowed everything.</summary>
    public static Caller Local { get; } = new("local", Enum.GetValues<CallerRole>(), SerialScope.All);

    /// <summary>Whoever has not said who it is where that is asked: allowed nothing.</summary>
    public static Caller Nobody { get; } = new("", [], SerialScope.None);

    /// <summary>Somebody with one role. Only an agent reports samples; an operator may what a viewer may.</summary>
    public static Caller Of(string name, CallerRole role, IReadOnlyList<string> serials) => new(
        name,
        role is CallerRole.Operator ? [CallerRole.Viewer, CallerRole.Operator] : [role],
        role is not CallerRole.Agent ? SerialScope.None
            : serials.Contains(AccessToken.EverySerial) ? SerialScope.All
            : SerialScope.Of(serials.Select(serial => new GatewaySerial(serial))));
}
