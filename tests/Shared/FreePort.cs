using System.Net;
using System.Net.Sockets;

namespace Maestro.Telemetry.TestSupport;

/// <summary>Ports for programs that do not choose a free one themselves.</summary>
internal static class FreePort
{
    /// <summary>A loopback port that nothing listened on a moment ago.</summary>
    public static int Take()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
