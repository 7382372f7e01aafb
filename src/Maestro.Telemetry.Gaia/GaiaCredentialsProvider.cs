namespace Maestro.Telemetry.Gaia;

/// <summary>Gives user and password at each login, so that a rotated password is taken up without a restart.</summary>
/// <exception cref="GaiaAuthenticationException">There is no password to give; the text says why.</exception>
public delegate ValueTask<GaiaCredentials> GaiaCredentialsProvider(CancellationToken cancellationToken);
