using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Fabrics;

namespace Maestro.Telemetry.Server.Forecasting;

/// <summary>
/// The demand of every group by minute, held in memory and caught up from the store's roll-ups: after a restart all of
/// it, then only what is new.
/// </summary>
internal sealed class DemandBoard(
    ITelemetryStore store, FabricState fabric, IOptions<AutoscalerOptions> options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ForecastStep = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly DemandAccumulator _demand = new(
        serial => fabric.Current.Find(serial)?.Model.Weight ?? 1,
        (int)(options.Value.History / Minute));
    private DateTimeOffset? _next;

    /// <summary>Reads the minutes that have become complete.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read now.</exception>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            // A minute is complete when its last samples have had two intervals to arrive.
            var end = Floor(time.GetUtcNow() - (2 * options.Value.SampleInterval));
            var from = _next ?? end - options.Value.History;
            if (from < end)
            {
                await ReadAsync(from, end, cancellationToken);
                _next = end;
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
        var series = Series(group, resource, ForecastStep);
        var complete = series.Count > 0 && series.End > _next ? series.Count - 1 : series.Count;
        return series with { Values = series.Values[..complete] };
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

    public void Dispose() => _one.Dispose();

    private static DateTimeOffset Floor(DateTimeOffset moment) =>
        new(moment.UtcTicks / Minute.Ticks * Minute.Ticks, TimeSpan.Zero);

    private TimeSeries Series(SecurityGroupId group, Resource resource, TimeSpan step)
    {
        lock (_gate)
        {
            return _demand.Series(group, resource, step) ?? new TimeSeries(DateTimeOffset.UnixEpoch, step, default);
        }
    }

    private async Task ReadAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        // Who is ACTIVE is known of now only: older minutes are what was heard of.
        if (to - from <= 2 * ForecastStep)
        {
            SetMembers();
        }

        var query = new RollupQuery { From = from, To = to, Metrics = DemandSeries.Metrics };
        await foreach (var row in store.ReadRollupsAsync(query, cancellationToken))
        {
            lock (_gate)
            {
                _demand.Add(DemandSeries.FromRollup(row));
            }
        }

        lock (_gate)
        {
            _demand.CloseBefore(to);
        }
    }

    private void SetMembers()
    {
        var snapshot = fabric.Current;
        lock (_gate)
        {
            foreach (var group in snapshot.Groups)
            {
                _demand.SetMembers(
                    group.Id,
                    snapshot.MembersOf(group.Id).Where(m => m.State is MemberState.Active).Select(m => m.Serial));
            }
        }
    }
}
