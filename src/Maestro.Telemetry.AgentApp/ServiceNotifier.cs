using System.Globalization;
using System.Net.Sockets;

namespace Maestro.Telemetry.AgentApp;

/// <summary>
/// Tells systemd how the service is (sd_notify(3)): one datagram for each change, to the socket that it names.
/// </summary>
internal sealed class ServiceNotifier : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly UnixDomainSocketEndPoint _service;
    private readonly ITimer? _watchdog;

    private ServiceNotifier(string path, TimeSpan? watchdog, TimeProvider time)
    {
        // An at sign stands for the NUL of an abstract name.
        _service = new(path.StartsWith('@') ? $"\0{path[1..]}" : path);
        _watchdog = watchdog is { } limit
            ? time.CreateTimer(_ => Send("WATCHDOG=1"), null, TimeSpan.Zero, limit / 2)
            : null;
    }

    /// <summary>Null when the process is no such service.</summary>
    public static ServiceNotifier? Open(TimeProvider time) =>
        Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is { Length: > 0 } path
            ? new(path, Watchdog(), time)
            : null;

    public void Send(string state)
    {
        try
        {
            _socket.SendTo(System.Text.Encoding.UTF8.GetBytes(state), _service);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Nobody listens, or the process ends: systemd then goes by the process alone, as it does without this.
            return;
        }
    }

    public void Dispose()
    {
        _watchdog?.Dispose();
        _socket.Dispose();
    }

    private static TimeSpan? Watchdog() =>
        long.TryParse(
            Environment.GetEnvironmentVariable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
        && limit > 0
            ? TimeSpan.FromMicroseconds(limit)
            : null;
}
