namespace Maestro.Telemetry.Gaia;

/// <summary>A command of the Gaia API.</summary>
/// <param name="Name">Its name in the path.</param>
/// <param name="Changes">True when a lost reply leaves open whether something was changed.</param>
internal sealed record GaiaCommand(string Name, bool Changes)
{
    public static readonly GaiaCommand Login = new("login", false);
    public static readonly GaiaCommand Logout = new("logout", false);
    public static readonly GaiaCommand ShowGateways = new("show-maestro-gateways", false);
    public static readonly GaiaCommand ShowSecurityGroups = new("show-maestro-security-groups", false);
    public static readonly GaiaCommand ShowPorts = new("show-maestro-ports", false);
    public static readonly GaiaCommand ShowDiagnostics = new("show-diagnostics", false);
    public static readonly GaiaCommand ShowTask = new("show-task", false);
    public static readonly GaiaCommand SetGateway = new("set-maestro-gateway", true);
    public static readonly GaiaCommand Apply = new("apply-maestro-security-groups-changes", true);

    public override string ToString() => Name;
}
