namespace Maestro.Telemetry.Server.Access;

/// <summary>Whether a token lets anybody in.</summary>
public enum TokenState
{
    Active,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>Somebody has ended it.</summary>
    Revoked,
}
