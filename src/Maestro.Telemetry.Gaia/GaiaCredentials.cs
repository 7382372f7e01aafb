namespace Maestro.Telemetry.Gaia;

/// <summary>A user and its password. A class, not a record: its text must not show the password.</summary>
public sealed class GaiaCredentials(string user, string password)
{
    public string User { get; } = user;

    public string Password { get; } = password;

    public override string ToString() => $"{User} with a password";
}
