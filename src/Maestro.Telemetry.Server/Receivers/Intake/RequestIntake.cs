using System.Runtime.InteropServices;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Access;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Receivers.Skyline;
using static System.FormattableString;

namespace Maestro.Telemetry.Server.Receivers.Intake;

/// <summary>Takes the points of one request, and holds each to what a row is held to.</summary>
internal sealed class RequestIntake(
    SeriesCatalogue catalogue,
    MemberLocator locator,
    SerialScope scope,
    IngestOptions ingest,
    ReceiverOptions options,
    DateTimeOffset now) : ISeriesSink<KnownSeries>
{
    // Senders round the shares of a core's states, so that their sum may miss 100 by a little.
    private const double RoundingPercent = 0.5;
    private const int StatesPerNumber = 5;

    private readonly long _nowMs = now.ToUnixTimeMilliseconds();
    private readonly long _alignMs = (long)options.Align.TotalMilliseconds;
    private (GatewaySerial Serial, long TimeMs) _noted;
    private KnownSeries? _lastSeries;
    private Gateway? _lastGateway;

    public List<Contribution> Contributions { get; } = [];

    public PointTally Tally { get; } = new();

    /// <summary>The newest time of each SGM's points, in milliseconds, also of points that are too new to be taken.</summary>
    public Dictionary<GatewaySerial, long> NewestMs { get; } = [];

    public KnownSeries? Find(ReadOnlySpan<byte> key) => catalogue.Find(key);

    public KnownSeries Describe(ReadOnlySpan<byte> key, SeriesDescription description) =>
        catalogue.Describe(key, description);

    public void Ignore(IgnoredReason reason, int points) => Tally.Ignore(reason, points);

    public void Add(KnownSeries series, long timeMs, double value)
    {
        if (series.Ignored is { } reason)
        {
            Tally.Ignore(reason);
        }
        else if (series.Unusable is { } unusable)
        {
            Tally.Refuse(unusable.Reason, unusable.Sentence);
        }
        else if (IsInTime(series, timeMs) && Read(series, value) is { } read && GatewayOf(series) is { } gateway)
        {
            if (Contributions.Count >= options.MaxRequestPoints)
            {
                throw new RequestTooLargeException(Invariant(
                    $"The request has more than {options.MaxRequestPoints} points, which Maestro:Receivers:MaxRequestPoints allows; send fewer in one."));
            }

            Note(gateway.Serial, timeMs);
            Contributions.Add(new Contribution(series, gateway.Serial, Align(timeMs), timeMs, read));
            Tally.Take();
        }
    }

    private void Note(GatewaySerial serial, long timeMs)
    {
        // Nearly always the same as the point before.
        if (timeMs <= _noted.TimeMs && serial == _noted.Serial)
        {
            return;
        }

        _noted = (serial, timeMs);
        ref var newest = ref CollectionsMarshal.GetValueRefOrAddDefault(NewestMs, serial, out var isKnown);
        newest = isKnown ? Math.Max(newest, timeMs) : timeMs;
    }

    private long Align(long timeMs) => timeMs - (((timeMs % _alignMs) + _alignMs) % _alignMs);

    private bool IsInTime(KnownSeries series, long timeMs)
    {
        var behind = (double)_nowMs - timeMs;
        if (behind > ingest.MaxSampleAge.TotalMilliseconds)
        {
            Tally.Refuse(RefusalReason.TooOld, () => Invariant(
                $"The timestamp {timeMs} is {behind / 1000:F0} s old; at most {ingest.MaxSampleAge.TotalSeconds:F0} s are accepted."));
            return false;
        }

        if (-behind > ingest.MaxSampleLead.TotalMilliseconds)
        {
            if (Locate(series).Place?.Gateway is { } gateway)
            {
                Note(gateway.Serial, timeMs);
            }

            Tally.Refuse(RefusalReason.TooNew, () => Invariant(
                $"The timestamp {timeMs} is {-behind / 1000:F0} s ahead; at most {ingest.MaxSampleLead.TotalSeconds:F0} s are accepted. Set the sender's clock by NTP."));
            return false;
        }

        return true;
    }

    /// <summary>The value in the unit of the target; null when it is refused.</summary>
    private double? Read(KnownSeries series, double value)
    {
        var scaled = value * series.Factor;
        if (!double.IsFinite(scaled))
        {
            Tally.Refuse(RefusalReason.NotFinite, () => Invariant(
                $"{series.Rule.Metric} is {value}; leave out what is not measured."));
            return null;
        }

        return series.Rule.Kind switch
        {
            ReadingKind.Idle => Percent(series, 100 - scaled, value),
            ReadingKind.ClusterState => State(series, scaled),
            _ when scaled < 0 => Negative(series, value),
            _ when series.Rule.Target is MetricTarget.CpuCoreBusyPercent => Percent(series, scaled, value),
            _ => scaled,
        };
    }

    private double? Negative(KnownSeries series, double value)
    {
        Tally.Refuse(RefusalReason.Negative, () => Invariant($"{series.Rule.Metric} is {value}; it cannot be below 0."));
        return null;
    }

    private double? Percent(KnownSeries series, double percent, double value)
    {
        if (percent is >= -RoundingPercent and <= 100 + RoundingPercent)
        {
            return Math.Clamp(percent, 0, 100);
        }

        Tally.Refuse(RefusalReason.OutOfRange, () => Invariant(
            $"{series.Rule.Metric} is {value}, which is {percent} percent; it must be a share from 0 to 100 percent."));
        return null;
    }

    private double? State(KnownSeries series, double value)
    {
        var state = Math.Ceiling(value / StatesPerNumber);
        if (double.IsInteger(value) && state is >= (double)MemberState.Lost and <= (double)MemberState.Backup)
        {
            return state;
        }

        Tally.Refuse(RefusalReason.OutOfRange, () => Invariant(
            $"{series.Rule.Metric} is {value}; it must be a whole number from 1 to 35."));
        return null;
    }

    /// <summary>The SGM of a series; null when it is refused. Points of one series mostly come together.</summary>
    private Gateway? GatewayOf(KnownSeries series)
    {
        if (_lastGateway is null || series != _lastSeries)
        {
            (_lastSeries, _lastGateway) = (series, Place(series));
        }

        return _lastGateway;
    }

    private Gateway? Place(KnownSeries series)
    {
        var (place, forbidden) = Locate(series);
        if (place is null)
        {
            Tally.Refuse(RefusalReason.NotPermitted, () =>
                $"The credentials do not allow to report samples of SGM {forbidden}; use those of its sender, or widen their scope.");
        }
        else if (place.Gateway is null)
        {
            Tally.Refuse(place.Reason, place.Sentence);
        }

        return place?.Gateway;
    }

    /// <summary>Where a series belongs; else the serial that the credentials do not allow.</summary>
    private (LocatedMember? Place, GatewaySerial? Forbidden) Locate(KnownSeries series)
    {
        // Before it is looked for: without Orchestrators, looking for a serial makes it part of the fabric.
        if (series.Member.SerialOf(locator) is { } told && !scope.Allows(told))
        {
            return (null, told);
        }

        var place = series.Member.Locate(locator);
        return place.Gateway is { } gateway && !scope.Allows(gateway.Serial) ? (null, gateway.Serial) : (place, null);
    }
}
