using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Gaia.Contracts;
using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.Gaia;

/// <summary>
/// Asks Orchestrators for their sync ports now and then. They are cabling and change rarely; an Orchestrator that does
/// not tell leaves them unknown, which harms no reading.
/// </summary>
internal sealed partial class SyncPortReader(TimeSpan timeout, TimeProvider time, ILogger<SyncPortReader> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    public ImmutableArray<SyncPort>? PortsOf(string orchestrator) => _known.GetValueOrDefault(orchestrator)?.Ports;

    public async Task RefreshAsync(GaiaClient client, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var before = _known.GetValueOrDefault(client.Id);
        if (before is not null && now - before.AskedAt < Interval && now >= before.AskedAt)
        {
            return;
        }

        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var ports = await client.ShowPortsAsync(either.Token);
            _known[client.Id] = new(now, Read(client, ports));
        }
        catch (Exception e) when (e is GaiaException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            _known[client.Id] = new(now, before?.Ports);
            LogNotTold(client.Id, e.Message);
        }
    }

    /// <summary>A speed in Gbit/s: "100G", "25 Gbps", "10000M", "40000". Null when it is none.</summary>
    internal static double? Gigabits(string? speed)
    {
        var text = (speed ?? "").Trim();
        var digits = new string([.. text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.')]);
        if (!double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || number <= 0)
        {
            return null;
        }

        return text[digits.Length..].TrimStart() switch
        {
            ['G' or 'g', ..] => number,
            ['M' or 'm', ..] => number / 1_000,

            // Without a unit it is Mbit/s, as operating systems count.
            "" => number / 1_000,
            _ => null,
        };
    }

    // The list may have the ports of every Orchestrator; the port's id begins with the Orchestrator's number on its site.
    private static ImmutableArray<SyncPort> Read(GaiaClient client, IEnumerable<PortContract> ports)
    {
        var number = client.Id.Split('_') is [_, var unit] ? unit : null;
        return
        [
            .. from port in ports
               where port.Type is "ssm_sync" or "site_sync"
               where port.Site is null || port.Site == client.Site.Value
               let id = GaiaText.Clean(port.Id)
               where number is null || !id.Contains('/', StringComparison.Ordinal)
                   || id.StartsWith(number + "/", StringComparison.Ordinal)
               orderby id.Length, id
               select new SyncPort(
                   id,
                   port.Type == "ssm_sync" ? SyncPortKind.Internal : SyncPortKind.Site,
                   Gigabits(port.OperatingSpeed)),
        ];
    }

    private sealed record Known(DateTimeOffset AskedAt, ImmutableArray<SyncPort>? Ports);

    [LoggerMessage(3033, LogLevel.Debug, "Orchestrator {Orchestrator} does not tell its ports: {Reason}")]
    private partial void LogNotTold(string orchestrator, string reason);
}
