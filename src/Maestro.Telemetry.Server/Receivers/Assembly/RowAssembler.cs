using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Fabrics;
using Maestro.Telemetry.Server.Receivers.Intake;
using Maestro.Telemetry.Server.Receivers.Skyline;

namespace Maestro.Telemetry.Server.Receivers.Assembly;

/// <summary>
/// Makes rows of loose points. A row is written as soon as it has what the rows before it had; what is whole of it is
/// written when its window ends; and all that it has when no more points have come for a while.
/// </summary>
internal sealed class RowAssembler : IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(25);

    private readonly Lock _gate = new();
    private readonly OpenRows _rows;
    private readonly RowOutlet _outlet;
    private readonly PartsKeeper _keeper;
    private readonly RowWriter _writer;
    private readonly ReceiverOptions _options;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private bool _isTicking;
    private long _requests;

    /// <param name="outlet">Where rows go.</param>
    /// <param name="keeper">Keeps what is answered before it is in the store.</param>
    /// <param name="fabric">Which group an SGM is in.</param>
    /// <param name="options">Windows and limits.</param>
    /// <param name="clock">Real time, not the fabric's: what is bounded is how long a sender waits.</param>
    public RowAssembler(
        RowOutlet outlet, PartsKeeper keeper, FabricState fabric, ReceiverOptions options, TimeProvider clock)
    {
        (_outlet, _keeper, _options, _clock) = (outlet, keeper, options, clock);
        _rows = new OpenRows(options.MaxSeriesPerSgm);
        _writer = new RowWriter(_rows, outlet, keeper, fabric, options, clock);
        _timer = clock.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int OpenRows
    {
        get
        {
            lock (_gate)
            {
                return _rows.Count;
            }
        }
    }

    /// <summary>True when nothing more is taken before rows are written.</summary>
    public bool IsFull
    {
        get
        {
            lock (_gate)
            {
                return _outlet.IsBlocked || _rows.Count >= _options.MaxOpenRows;
            }
        }
    }

    /// <summary>Puts points into their rows.</summary>
    /// <param name="contributions">Points that were found right.</param>
    /// <param name="tally">Told of points that are left out or refused here.</param>
    /// <returns>Ends when all that was taken is committed.</returns>
    public Task Submit(IReadOnlyList<Contribution> contributions, PointTally tally)
    {
        var request = new WaitingRequest();
        lock (_gate)
        {
            var touched = PutAll(contributions, request, tally);
            touched.RemoveAll(row => !RowBuilder.IsComplete(row));
            _writer.WriteWhole(touched);
            _outlet.Drain();
            KeepTicking();
        }

        request.Release();
        return request.Committed;
    }

    /// <summary>Takes back what the journal has kept over a restart.</summary>
    /// <param name="kept">Rows of generation 0.</param>
    /// <param name="rulesOf">The rules of a metric now; points that no rule takes any more are left out.</param>
    public void Restore(
        IEnumerable<IReadOnlyList<HeldPart>> kept, Func<string, IReadOnlyList<MappingRule>> rulesOf)
    {
        lock (_gate)
        {
            foreach (var parts in kept)
            {
                var rows = parts.Select(part => Restore(part, rulesOf)).OfType<OpenRow>().Distinct().ToList();
                if (rows is [var row])
                {
                    row.Generations.Add(0);
                }
                else
                {
                    _keeper.Settle(0);
                }
            }

            KeepTicking();
        }
    }

    /// <summary>Writes all that is open, whole or not: the service stops, and what waits is to be answered.</summary>
    public void CloseAll()
    {
        lock (_gate)
        {
            foreach (var row in _rows.Find(_ => true))
            {
                _writer.Close(row);
            }

            _outlet.Drain();
        }
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>Gives the rows that have got points, each once.</summary>
    private List<OpenRow> PutAll(IReadOnlyList<Contribution> points, WaitingRequest request, PointTally tally)
    {
        var touched = new List<OpenRow>();
        var (number, now) = (++_requests, _clock.GetTimestamp());
        KnownSeries? series = null;
        (SgmRows Sgm, SeriesSlot Slot)? place = null;
        foreach (var point in points)
        {
            // Points of one series mostly come together, and then of one SGM too.
            if (series != point.Series || place?.Sgm.Serial != point.Serial)
            {
                series = point.Series;
                place = _rows.SlotOf(point.Serial, series.Rule, series.Core, series.Part);
            }

            if (place is not var (sgm, slot))
            {
                tally.TakeBack();
                tally.Refuse(RefusalReason.Oversized, FormattableString.Invariant(
                    $"SGM {point.Serial} has more than {_options.MaxSeriesPerSgm} series")
                    + ", which Maestro:Receivers:MaxSeriesPerSgm allows.");
            }
            else if (Put(point, sgm, slot, now, request, tally) is { } row && row.LastRequest != number)
            {
                row.LastRequest = number;
                touched.Add(row);
            }
        }

        return touched;
    }

    /// <summary>The row that has the point now; null when it is left out.</summary>
    private OpenRow? Put(
        in Contribution point, SgmRows sgm, SeriesSlot slot, long now, WaitingRequest request, PointTally tally)
    {
        var value = slot.Rule.Kind == ReadingKind.Counter ? slot.RateAt(point.ExactMs, point.Value) : point.Value;
        if (value is not { } given)
        {
            return LeaveOut(tally, IgnoredReason.NoRateYet);
        }

        var row = _rows.FindOrOpen(sgm, point.TimeMs, _writer.Close);
        row.LastPoint = now;
        if (row.Has(slot))
        {
            // Sent again, or by two: as good as written only when what has it is committed.
            row.LastBatch?.Join(request);
            if (row.WaitingSince is not null)
            {
                Wait(row, request, now);
            }

            return LeaveOut(tally, IgnoredReason.Repeated);
        }

        row.Set(slot, given);
        if (slot.Rule.Target != MetricTarget.CpuCoreBusyPercent && row.IsWritten((int)slot.Rule.Target))
        {
            return LeaveOut(tally, IgnoredReason.Late);
        }

        Wait(row, request, now);
        return row;
    }

    private OpenRow? Restore(in HeldPart part, Func<string, IReadOnlyList<MappingRule>> rulesOf)
    {
        var target = part.Target;
        if (rulesOf(part.Metric).FirstOrDefault(r => r.Target == target) is not { } rule
            || _rows.SlotOf(part.Serial, rule, part.Core, part.Part) is not var (sgm, slot))
        {
            return null;
        }

        var row = _rows.FindOrOpen(sgm, part.TimeMs, _writer.Close);
        row.LastPoint = _clock.GetTimestamp();
        row.Set(slot, part.Value);
        return row;
    }

    private static OpenRow? LeaveOut(PointTally tally, IgnoredReason reason)
    {
        tally.TakeBack();
        tally.Ignore(reason);
        return null;
    }

    private static void Wait(OpenRow row, WaitingRequest request, long now)
    {
        row.WaitingSince ??= now;
        if (row.Waiting is not [.., var last] || last != request)
        {
            request.Await();
            row.Waiting.Add(request);
        }
    }

    private void Tick()
    {
        lock (_gate)
        {
            var now = _clock.GetTimestamp();
            foreach (var row in _rows.Find(row => _clock.GetElapsedTime(row.LastPoint, now) >= _options.CloseAfter))
            {
                _writer.Close(row);
            }

            _writer.Write(_rows.Find(
                row => row.WaitingSince is { } since && _clock.GetElapsedTime(since, now) >= _options.Window));
            _outlet.Drain();
            _isTicking = false;
            KeepTicking();
        }
    }

    private void KeepTicking()
    {
        if (!_isTicking && (_rows.Count > 0 || _outlet.IsBlocked))
        {
            _isTicking = true;
            _timer.Change(Pace, Timeout.InfiniteTimeSpan);
        }
    }
}
