using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Ingest;

namespace Maestro.Telemetry.Server.Receivers.Clocks;

/// <summary>How far the clocks of those who send are from ours, by the SGM that they send of.</summary>
internal sealed class SenderClocks
{
    // As far as dates of ours reach; a stamp beyond is no less wrong.
    private const double FarthestMs = 100 * 365.25 * 86_400_000;

    private readonly ConcurrentDictionary<GatewaySerial, SenderClock> _clocks = new();
    private readonly TimeSpan _tolerance;
    private readonly TimeProvider _time;

    public SenderClocks(IMeterFactory meters, IOptions<IngestOptions> options, TimeProvider time)
    {
        (_tolerance, _time) = (options.Value.MaxClockSkew, time);
        meters.Create(RowCounters.MeterName).CreateObservableGauge(
            "maestro.collector.clock_skew",
            Measure,
            "s",
            "How far the clock of an SGM's sender is ahead of ours; below 0 it is behind.");
    }

    /// <summary>Takes note of a time stamp that has just arrived.</summary>
    /// <param name="serial">An SGM of the fabric.</param>
    /// <param name="sender">The agent's id, or the protocol.</param>
    /// <param name="stampMs">Milliseconds since 1970 by the sender's clock.</param>
    /// <param name="isSendTime">Whether it was taken when it was sent; else it is of the newest sample.</param>
    public void Observe(GatewaySerial serial, string sender, long stampMs, bool isSendTime)
    {
        var ahead = Math.Clamp((double)stampMs - _time.GetUtcNow().ToUnixTimeMilliseconds(), -FarthestMs, FarthestMs);
        if (!_clocks.TryGetValue(serial, out var clock) || !clock.IsOf(sender, isSendTime))
        {
            // Another sender has another clock.
            clock = _clocks[serial] = new SenderClock(sender, isSendTime);
        }

        clock.Observe((long)ahead);
    }

    /// <summary>What is known of the clock of the SGM's sender; null when it has sent nothing since the start.</summary>
    public ClockReading? Of(GatewaySerial serial) => _clocks.TryGetValue(serial, out var clock) ? clock.Read() : null;

    /// <summary>A sentence for each sender whose clock is further off than is tolerated.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var group in Readings()
            .Where(r => r.Reading.Skew is { } skew && skew.Duration() > _tolerance)
            .GroupBy(r => r.Reading.Sender)
            .OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var (serial, reading) = group.MaxBy(r => r.Reading.Ahead.Duration());
            var others = group.Count() - 1;
            var whose = others == 0 ? $"SGM {serial}" : $"SGM {serial} and of {others} more";
            var direction = reading.Ahead > TimeSpan.Zero ? "ahead of" : "behind";
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The clock of {whose} (sender {group.Key}) is {reading.Ahead.Duration().TotalSeconds:F1} s {direction} ")
                + string.Create(
                    CultureInfo.InvariantCulture,
                    $"the collector's; up to {_tolerance.TotalSeconds:0.#} s are tolerated (Maestro:Ingest:MaxClockSkew). ")
                + "Let the same NTP servers keep both.";
        }
    }

    private IEnumerable<(GatewaySerial Serial, ClockReading Reading)> Readings() =>
        _clocks.Select(c => (c.Key, c.Value.Read())).OrderBy(c => c.Key.Value, StringComparer.Ordinal);

    private IEnumerable<Measurement<double>> Measure()
    {
        foreach (var (serial, reading) in Readings())
        {
            if (reading.Skew is { } skew)
            {
                yield return new Measurement<double>(
                    skew.TotalSeconds,
                    new KeyValuePair<string, object?>("serial", serial.Value),
                    new KeyValuePair<string, object?>("sender", reading.Sender));
            }
        }
    }
}
