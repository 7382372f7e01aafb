namespace Maestro.Telemetry.Server.Access;

/// <summary>Why somebody was not let in.</summary>
internal enum RefusedBecause
{
    /// <summary>No credentials came, and they are required.</summary>
    NoCredentials,

    /// <summary>The Authorization header has a scheme that is not known, or cannot be read.</summary>
    Malformed,

    /// <summary>No active token has this secret.</summary>
    UnknownToken,

    /// <summary>The token is right, but the name that came with it is not its name.</summary>
    WrongName,

    /// <summary>Name or password is wrong.</summary>
    WrongPassword,

    /// <summary>The certificate is trusted, but stands for nobody.</summary>
    UnknownCertificate,

    /// <summary>Too many log-ins from this address have failed; this one was not looked at.</summary>
    Throttled,

    /// <summary>The caller is known, and may not do this.</summary>
    Forbidden,

    /// <summary>A page from elsewhere has sent it.</summary>
    ForeignOrigin,
}
