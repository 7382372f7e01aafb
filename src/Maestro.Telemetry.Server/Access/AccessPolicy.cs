using System.Net;
using Maestro.Telemetry.Server.Configuration;

namespace Maestro.Telemetry.Server.Access;

/// <summary>Whether callers have to say who they are.</summary>
internal sealed class AccessPolicy(IOptions<AccessOptions> access, IOptions<ServerOptions> server)
{
    /// <summary>As configured, or else as soon as anything listens off loopback.</summary>
    public bool Required { get; } = access.Value.Required ?? server.Value.IsOffLoopback;

    /// <summary>Whether a caller that says nothing is let in as <see cref="Caller.Local"/>.</summary>
    public bool TrustsUnnamed(IPAddress? remote) => !Required && remote is not null && IPAddress.IsLoopback(remote);
}
