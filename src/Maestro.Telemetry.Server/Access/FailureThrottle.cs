using System.Net;
using System.Net.Sockets;

namespace Maestro.Telemetry.Server.Access;

/// <summary>
/// Counts failed log-ins per remote address: each address may fail so many times, and failures are forgiven at an even
/// pace. Memory is bounded; when more addresses fail than are kept, the one that failed longest ago is forgotten.
/// </summary>
internal sealed class FailureThrottle(int allowed, TimeSpan window, TimeProvider time, int capacity = 10_000)
{
    // An IPv6 host has a whole /64 to choose its addresses from.
    private const int Ipv6NetworkBytes = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<UInt128, LinkedListNode<Record>> _records = [];
    private readonly LinkedList<Record> _byAge = new();

    /// <summary>How long until the address may fail again; zero when it may now.</summary>
    public TimeSpan BlockedFor(IPAddress? address)
    {
        lock (_gate)
        {
            if (!_records.TryGetValue(KeyOf(address), out var node))
            {
                return TimeSpan.Zero;
            }

            var over = Left(node.Value) - (allowed - 1);
            return over <= 0 ? TimeSpan.Zero : over * (window / allowed);
        }
    }

    /// <summary>Counts a failure. True when it is the one that blocks the address.</summary>
    public bool Failed(IPAddress? address)
    {
        var key = KeyOf(address);
        lock (_gate)
        {
            var failures = 1.0;
            if (_records.TryGetValue(key, out var node))
            {
                failures = Math.Min(allowed, Left(node.Value) + 1);
                _byAge.Remove(node);
            }
            else if (_records.Count >= capacity)
            {
                _records.Remove(_byAge.First!.Value.Key);
                _byAge.RemoveFirst();
            }

            var blocks = failures > allowed - 1 && (node is null || Left(node.Value) <= allowed - 1);
            _records[key] = _byAge.AddLast(new Record(key, failures, time.GetTimestamp()));
            return blocks;
        }
    }

    private double Left(Record record) =>
        Math.Max(0, record.Failures - (time.GetElapsedTime(record.At) / (window / allowed)));

    private static UInt128 KeyOf(IPAddress? address)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        if (address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false })
        {
            address.TryWriteBytes(bytes, out _);
            bytes[Ipv6NetworkBytes..].Clear();
        }
        else
        {
            (address ?? IPAddress.None).MapToIPv6().TryWriteBytes(bytes, out _);
        }

        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private readonly record struct Record(UInt128 Key, double Failures, long At);
}
