using System.Diagnostics.Metrics;
using Maestro.Telemetry.Server.Ingest;

namespace Maestro.Telemetry.Server.Receivers.Intake;

/// <summary>Points and requests of the receivers since the start: points received are taken, ignored or refused.</summary>
internal sealed class ReceiverCounters
{
    private readonly Counter<long> _points;
    private readonly Counter<long> _requests;
    private long _taken;
    private long _ignored;
    private long _refused;

    public ReceiverCounters(IMeterFactory meters)
    {
        var meter = meters.Create(RowCounters.MeterName);
        _points = meter.CreateCounter<long>(
            "maestro.receiver.points", "{point}", "Points of foreign senders, by protocol, outcome and reason.");
        _requests = meter.CreateCounter<long>(
            "maestro.receiver.requests", "{request}", "Requests of foreign senders, by protocol and outcome.");
    }

    public long Taken => Interlocked.Read(ref _taken);

    public long Ignored => Interlocked.Read(ref _ignored);

    public long Refused => Interlocked.Read(ref _refused);

    public void Count(string protocol, PointTally tally)
    {
        Interlocked.Add(ref _taken, tally.Taken);
        Interlocked.Add(ref _ignored, tally.Ignored);
        Interlocked.Add(ref _refused, tally.Refused);
        Add(tally.Taken, protocol, "taken", "none");
        foreach (var (reason, points) in tally.IgnoredByReason)
        {
            Add(points, protocol, "ignored", reason.ToString());
        }

        foreach (var (reason, refused) in tally.RefusedByReason)
        {
            Add(refused.Points, protocol, "refused", reason.ToString());
        }
    }

    public void CountRequest(string protocol, ReceiverVerdict verdict) => _requests.Add(
        1,
        new KeyValuePair<string, object?>("protocol", protocol),
        new KeyValuePair<string, object?>("outcome", verdict.ToString()));

    private void Add(long points, string protocol, string outcome, string reason)
    {
        if (points > 0)
        {
            _points.Add(
                points,
                new KeyValuePair<string, object?>("protocol", protocol),
                new KeyValuePair<string, object?>("outcome", outcome),
                new KeyValuePair<string, object?>("reason", reason));
        }
    }
}
