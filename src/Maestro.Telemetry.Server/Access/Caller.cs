namespace Maestro.Telemetry.Server.Access;

/// <summary>Who calls, and what that lets them do.</summary>
/// <param name="Name">For the audit log and the ledger.</param>
/// <param name="Roles">Every role that the caller has.</param>
/// <param name="Serials">The SGMs whose samples the caller may report.</param>
internal sealed record Caller(string Name, IReadOnlyList<CallerRole> Roles, SerialScope Serials)
{
    /// <summary>Whoever reaches a listener that asks nobody: on loopback only, and allowed everything.</summary>
    public static Caller Local { get; } = new("local", Enum.GetValues<CallerRole>(), SerialScope.All);
}
