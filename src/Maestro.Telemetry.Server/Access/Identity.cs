namespace Maestro.Telemetry.Server.Access;

/// <summary>A caller that has shown who it is.</summary>
/// <param name="Ended">Cancelled when the credential is revoked or its time is over: what it opened ends too.</param>
internal sealed record Identity(Caller Caller, CancellationToken Ended = default);
