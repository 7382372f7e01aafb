using System.Globalization;
using Maestro.Telemetry.Gaia.Contracts;

namespace Maestro.Telemetry.Gaia;

/// <summary>A session that is open. A class, not a record: its text must not show the session id.</summary>
internal sealed class HeldSession
{
    // The vendor's default, and its bounds.
    private const int DefaultTimeoutSeconds = 600;
    private const int MaxTimeoutSeconds = 3600;

    public required string Sid { get; init; }

    public required bool ReadOnly { get; init; }

    /// <summary>Time without a request after which a new login is better than finding the session gone.</summary>
    public required TimeSpan RenewAfter { get; init; }

    /// <summary>When the last request that was answered was sent; a timestamp of the time provider.</summary>
    public required long LastUsed { get; set; }

    public static HeldSession From(GaiaPeer peer, LoginReply reply, long sentAt)
    {
        if (string.IsNullOrEmpty(reply.Sid) || reply.Sid.Any(c => c is < '!' or > '~'))
        {
            throw new GaiaProtocolException($"{peer.Name} answered the login without a usable session id.");
        }

        if (Version.TryParse(reply.ApiServerVersion, out var version) && version < peer.LeastApi)
        {
            throw new GaiaProtocolException(string.Create(CultureInfo.InvariantCulture,
                $"{peer.Name} speaks Gaia API {version}; {peer.Commands} {peer.LeastApi} or later."));
        }

        var seconds = reply.SessionTimeout is > 0 and var given ? given : DefaultTimeoutSeconds;
        var timeout = TimeSpan.FromSeconds(Math.Min(seconds, MaxTimeoutSeconds));
        return new()
        {
            Sid = reply.Sid,
            ReadOnly = reply.ReadOnly,
            RenewAfter = timeout * 0.9,
            LastUsed = sentAt,
        };
    }
}
