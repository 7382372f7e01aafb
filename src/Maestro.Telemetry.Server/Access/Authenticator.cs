namespace Maestro.Telemetry.Server.Access;

/// <summary>Finds out who calls: by a token, a name with a password, a session of the console, or a certificate.</summary>
internal sealed class Authenticator(
    TokenBook tokens,
    PasswordCheck passwords,
    SessionBook sessions,
    CertificateBook certificates,
    FailureThrottle throttle,
    AccessPolicy policy)
{
    public async ValueTask<AccessOutcome> AuthenticateAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization is [{ } header, ..] all)
        {
            return all.Count == 1 && Credentials.TryRead(header, out var credentials)
                ? await CheckAsync(credentials, context)
                : AccessOutcome.Out(RefusedBecause.Malformed);
        }

        if (context.Request.Cookies[SessionCookie.NameFor(context.Request)] is { Length: > 0 } cookie
            && sessions.Find(cookie) is { } session)
        {
            return AccessOutcome.In(session);
        }

        if (context.Connection.ClientCertificate is { } certificate)
        {
            var (caller, subject) = certificates.Find(certificate);
            return caller is not null ? AccessOutcome.In(new Identity(caller))
                : policy.TrustsUnnamed(context.Connection.RemoteIpAddress) ? AccessOutcome.In(new Identity(Caller.Local))
                : AccessOutcome.Out(RefusedBecause.UnknownCertificate, subject);
        }

        return policy.TrustsUnnamed(context.Connection.RemoteIpAddress)
            ? AccessOutcome.In(new Identity(Caller.Local))
            : AccessOutcome.Out(RefusedBecause.NoCredentials);
    }

    /// <summary>
    /// A token is looked at whatever failed before: it cannot be guessed, and a neighbour behind the same address must
    /// not be able to lock an agent out. A password is not looked at while its address is blocked.
    /// </summary>
    public async ValueTask<AccessOutcome> CheckAsync(Credentials credentials, HttpContext context)
    {
        var claimed = credentials.Name ?? "";
        var remote = context.Connection.RemoteIpAddress;
        var reason = RefusedBecause.UnknownToken;
        if (tokens.Find(credentials.Secret) is var (identity, _))
        {
            if (credentials.Name is null || credentials.Name == identity.Caller.Name)
            {
                return AccessOutcome.In(identity);
            }

            reason = RefusedBecause.WrongName;
        }
        else if (credentials.Name is not null && passwords.FindRemembered(credentials.Name, credentials.Secret) is { } known)
        {
            return AccessOutcome.In(new Identity(known));
        }

        if (throttle.BlockedFor(remote) is { Ticks: > 0 } wait)
        {
            return AccessOutcome.Later(wait, claimed);
        }

        if (credentials.Name is not null && reason is RefusedBecause.UnknownToken && passwords.HasUsers)
        {
            reason = RefusedBecause.WrongPassword;
            if (await passwords.CheckAsync(credentials.Name, credentials.Secret, context.RequestAborted) is { } caller)
            {
                return AccessOutcome.In(new Identity(caller));
            }
        }

        return AccessOutcome.Out(reason, claimed);
    }
}
