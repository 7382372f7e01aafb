using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Fabrics;

namespace Maestro.Telemetry.Server.Forecasting;

/// <summary>
/// The demand of every group by minute, held in memory and caught up from the store's roll-ups: after a restart all of
/// it, then only what is new. It is built anew when an SGM turns out to weigh something else than it was summed with,
/// and when samples of summed minutes come late.
/// </summary>
internal sealed class DemandBoard(
    ITelemetryStore store, FabricState fabric, IOptions<AutoscalerOptions> options, TimeProvider time) : IDisposable
{
    /// <summary>The steps of <see cref="Recent"/>.</summary>
    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan ForecastStep = TimeSpan.FromMinutes(5);

    // Who is ACTIVE is known of now only: older minutes are what was heard of.
    private static readonly TimeSpan MembersHold = TimeSpan.FromMinutes(10);

    // An outbox that empties brings a day of late minutes in many batches; they are to cost few readings of it all.
    private static readonly TimeSpan LateEvery = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan HighestOver = TimeSpan.FromDays(28);
    private static readonly TimeSpan HighestNeeds = TimeSpan.FromDays(7);
    private static readonly TimeSpan HighestHolds = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<SeriesKey, (double? Value, DateTimeOffset At)> _highest = [];
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly LateSamples _late = new();
    private UsedWeights _weights = new(fabric);
    private DemandAccumulator? _demand;
    private DateTimeOffset _next;
    private DateTimeOffset _builtAt;
    private bool _outdated;

    /// <summary>Changes when past demand is weighed anew, so that a model of it is of something else.</summary>
    public int Weighing { get; private set; }

    /// <summary>What SGMs weigh in the demand, to compare with what they weighed in that of an earlier run.</summary>
    public string Weights
    {
        get
        {
            lock (_gate)
            {
                return _weights.Text;
            }
        }
    }

    /// <summary>True when the demand is weighed as when <see cref="Weights"/> gave the text.</summary>
    public bool IsWeighedAs(string weights)
    {
        lock (_gate)
        {
            return _weights.AgreeWith(weights);
        }
    }

    /// <summary>Told after each commit, by those who write samples.</summary>
    /// <param name="oldestMs">The time of the oldest sample committed, in milliseconds of Unix time.</param>
    public void Committed(long oldestMs) => _late.Committed(oldestMs);

    /// <summary>
    /// Reads the minutes that have become complete. Does nothing while the fabric is unknown or has no SGM, because
    /// nobody knows then what an SGM weighs.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read now; what was read stands.</exception>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (!fabric.IsKnown || fabric.Current.Gateways.IsEmpty)
            {
                return;
            }

            var now = time.GetUtcNow();

            // A minute is complete when its last samples have had two intervals to arrive.
            var end = Floor(now - (2 * options.Value.SampleInterval));
            if (_demand is null || _weights.AreOutdated || IsLateDataDue(now))
            {
                await BuildAsync(now, end, cancellationToken);
            }
            else if (_next < end)
            {
                await AddAsync(_demand, _next, end, cancellationToken);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The demand that the forecaster learns from: complete intervals only. Empty when nothing is known.</summary>
    public TimeSeries ForForecast(SecurityGroupId group, Resource resource)
    {
        lock (_gate)
        {
            var series = Series(group, resource, ForecastStep);
            var complete = series.Count > 0 && series.End > _next ? series.Count - 1 : series.Count;
            return series with { Values = series.Values[..complete] };
        }
    }

    /// <summary>The demand by minute from a time on.</summary>
    public TimeSeries Recent(SecurityGroupId group, Resource resource, DateTimeOffset from)
    {
        var series = Series(group, resource, Minute);
        var skipped = Math.Clamp((int)((from - series.Start) / Minute), 0, series.Count);
        return new TimeSeries(series.TimeAt(skipped), Minute, series.Values[skipped..]);
    }

    /// <summary>The worst of the last minutes; NaN when none of them is known.</summary>
    public double WorstOfLast(SecurityGroupId group, Resource resource, int minutes) =>
        DemandSeries.WorstOfLast(Series(group, resource, Minute), minutes);

    /// <summary>The highest demand of the last 28 days; null while less than a week is known. Up to an hour old.</summary>
    public double? HighestOf(SecurityGroupId group, Resource resource, DateTimeOffset now)
    {
        var key = new SeriesKey(group, resource);
        lock (_gate)
        {
            if (_highest.TryGetValue(key, out var known) && (now - known.At).Duration() < HighestHolds)
            {
                return known.Value;
            }
        }

        var series = Recent(group, resource, now - HighestOver);

        // Known minutes: the past of one resource may have been imported without that of another.
        var minutes = series.Count - series.Values.Span.Count(double.NaN);
        double? highest = minutes * Minute < HighestNeeds ? null : DemandSeries.WorstOfLast(series, series.Count);
        highest = highest is { } value && double.IsFinite(value) ? value : null;
        lock (_gate)
        {
            _highest[key] = (highest, now);
        }

        return highest;
    }

    public void Dispose() => _one.Dispose();

    private static DateTimeOffset Floor(DateTimeOffset moment) =>
        new(moment.UtcTicks / Minute.Ticks * Minute.Ticks, TimeSpan.Zero);

    private TimeSeries Series(SecurityGroupId group, Resource resource, TimeSpan step)
    {
        lock (_gate)
        {
            return _demand?.Series(group, resource, step) ?? new TimeSeries(DateTimeOffset.UnixEpoch, step, default);
        }
    }

    private bool IsLateDataDue(DateTimeOffset now)
    {
        _outdated |= _late.Take();

        // The length, because a clock that is set back must not put it off.
        return _outdated && (now - _builtAt).Duration() >= LateEvery;
    }

    /// <summary>Reads everything into a new sum, which takes the place of the old one only when it is whole.</summary>
    private async Task BuildAsync(DateTimeOffset now, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var weighedAnew = _weights.AreOutdated;
        var weights = new UsedWeights(fabric, _weights);
        var demand = new DemandAccumulator(weights.Of, (int)(options.Value.History / Minute));
        var recent = end - MembersHold;
        _late.ReadUntil(end);
        _outdated |= _late.Take();
        await foreach (var row in store.ReadRollupsAsync(DemandSeries.Query(end - options.Value.History, recent), cancellationToken))
        {
            demand.Add(DemandSeries.FromRollup(row));
        }

        await AddAsync(demand, recent, end, cancellationToken);
        Weighing += weighedAnew ? 1 : 0;
        _weights = weights;
        _builtAt = now;
        _outdated = false;
    }

    /// <summary>Adds all minutes of a time or, when the store breaks off, none of them.</summary>
    private async Task AddAsync(
        DemandAccumulator demand, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var samples = new List<MinuteSample>();
        _late.ReadUntil(to);
        await foreach (var row in store.ReadRollupsAsync(DemandSeries.Query(from, to), cancellationToken))
        {
            samples.Add(DemandSeries.FromRollup(row));
        }

        lock (_gate)
        {
            if (to - from <= MembersHold)
            {
                demand.CloseBefore(from);
                SetMembers(demand);
            }

            foreach (var sample in samples)
            {
                demand.Add(sample);
            }

            demand.CloseBefore(to);
            _demand = demand;
            _next = to;
        }
    }

    private void SetMembers(DemandAccumulator demand)
    {
        var snapshot = fabric.Current;
        foreach (var group in snapshot.Groups)
        {
            demand.SetMembers(
                group.Id,
                snapshot.MembersOf(group.Id).Where(m => m.State is MemberState.Active).Select(m => m.Serial));
        }
    }
}
