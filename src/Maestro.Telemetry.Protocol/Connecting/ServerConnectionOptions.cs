namespace Maestro.Telemetry.Protocol.Connecting;

/// <summary>Where a server is, who the client is, and whom it trusts.</summary>
public sealed record ServerConnectionOptions
{
    /// <summary>http://HOST:PORT or https://HOST:PORT.</summary>
    public required string Address { get; init; }

    /// <summary>A file with an access token, read again when it changes; empty for none.</summary>
    public string TokenFile { get; init; } = "";

    /// <summary>An access token, when there is no file; empty for none.</summary>
    public string Token { get; init; } = "";

    /// <summary>PEM with the authorities that sign the server's certificate; empty for those of the system.</summary>
    public string CaFile { get; init; } = "";

    /// <summary>PEM with a client certificate; empty for none.</summary>
    public string CertificateFile { get; init; } = "";

    /// <summary>PEM with its private key; empty when it is in <see cref="CertificateFile"/>.</summary>
    public string KeyFile { get; init; } = "";

    internal bool HasToken => TokenFile.Length > 0 || Token.Length > 0;

    // A record would print the token.
    public override string ToString() => Address;
}
