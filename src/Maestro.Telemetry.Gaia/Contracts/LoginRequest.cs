namespace Maestro.Telemetry.Gaia.Contracts;

/// <summary>The body of login. A class, not a record: its text must not show the password.</summary>
internal sealed class LoginRequest
{
    public required string User { get; init; }

    public required string Password { get; init; }
}
