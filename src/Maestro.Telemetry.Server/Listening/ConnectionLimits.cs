using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Ingest;

namespace Maestro.Telemetry.Server.Listening;

/// <summary>
/// Counts open connections, all and by address, so that nobody can take what others need. An IPv6 network of 64 bits
/// counts as one address: one host has all of it. Loopback has no limit of its own: behind it are proxies.
/// </summary>
internal sealed partial class ConnectionLimits
{
    private const int NetworkBytes = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _byAddress = [];
    private readonly ServerOptions _options;
    private readonly ILogger<ConnectionLimits> _logger;
    private readonly Counter<long> _refused;
    private int _open;

    public ConnectionLimits(IOptions<ServerOptions> options, IMeterFactory meters, ILogger<ConnectionLimits> logger)
    {
        (_options, _logger) = (options.Value, logger);
        var meter = meters.Create(RowCounters.MeterName);
        _refused = meter.CreateCounter<long>(
            "maestro.server.connections_refused", "{connection}", "Connections that were over a limit, by the limit.");
        meter.CreateObservableUpDownCounter(
            "maestro.server.connections_open", () => Open, "{connection}", "Connections open now, of all listeners.");
    }

    public int Open
    {
        get
        {
            lock (_gate)
            {
                return _open;
            }
        }
    }

    /// <summary>Counts a connection in, which must <see cref="Leave"/>; else says in a sentence which limit it is over.</summary>
    /// <param name="remote">Whose it is; null when that is not known.</param>
    public string? Enter(IPAddress? remote)
    {
        var (limit, sentence) = TryEnter(remote);
        if (sentence is not null)
        {
            _refused.Add(1, new KeyValuePair<string, object?>("limit", limit));
            LogRefused(remote, sentence);
        }

        return sentence;
    }

    public void Leave(IPAddress? remote)
    {
        lock (_gate)
        {
            _open--;
            if (HolderOf(remote) is { } holder && --_byAddress[holder] == 0)
            {
                _byAddress.Remove(holder);
            }
        }
    }

    private (string? Limit, string? Sentence) TryEnter(IPAddress? remote)
    {
        lock (_gate)
        {
            if (_open >= _options.MaxConnections)
            {
                return ("all", string.Create(
                    CultureInfo.InvariantCulture,
                    $"{_open} connections are open, as many as Maestro:Server:MaxConnections allows; come back later."));
            }

            var holder = HolderOf(remote);
            var held = holder is null ? 0 : _byAddress.GetValueOrDefault(holder);
            if (held >= _options.MaxConnectionsPerAddress)
            {
                return ("address", string.Create(
                    CultureInfo.InvariantCulture,
                    $"{held} connections from this address are open, as many as Maestro:Server:MaxConnectionsPerAddress allows; close some, or come back later."));
            }

            _open++;
            if (holder is not null)
            {
                _byAddress[holder] = held + 1;
            }

            return default;
        }
    }

    private static IPAddress? HolderOf(IPAddress? remote)
    {
        if (remote is null || IPAddress.IsLoopback(remote))
        {
            return null;
        }

        if (remote.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return remote;
        }

        if (remote.IsIPv4MappedToIPv6)
        {
            var mapped = remote.MapToIPv4();
            return IPAddress.IsLoopback(mapped) ? null : mapped;
        }

        var bytes = remote.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes);
    }

    // For each attempt, but below what is shown by default: what matters is in the counter.
    [LoggerMessage(1103, LogLevel.Information, "A connection from {Remote} was refused: {Reason}")]
    private partial void LogRefused(IPAddress? remote, string reason);
}
