using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>
/// All that changes the database. First the rows, then the roll-ups of minutes that are over; a write is answered after
/// both. What failed half-way is read back from the server before it is built upon. Not safe for concurrent use.
/// </summary>
internal sealed class InfluxWriter
{
    private const int MostUncertainRows = 1_000_000;

    private readonly InfluxClient _client;
    private readonly InfluxStoreOptions _options;
    private readonly InfluxMaintenance _maintenance;
    private readonly TimeProvider _time;
    private readonly InfluxSender _sender;
    private readonly InfluxSchema _schema;
    private readonly MinuteBook _book;
    private readonly MinuteLoader _loader;
    private readonly Recovery _recovery;
    private readonly WritePass _pass;
    private readonly LineBuffer _rows = new();
    private readonly LineBuffer _others = new();
    private readonly HashSet<(GatewaySerial, long)> _uncertain = [];
    private readonly HashSet<(GatewaySerial Serial, long Minute)> _suspects = [];
    private InfluxServer? _server;
    private StoreStatistics? _tally;

    public InfluxWriter(
        InfluxClient client, InfluxStoreOptions options, InfluxMaintenance maintenance, TimeProvider time)
    {
        _client = client;
        _options = options;
        _maintenance = maintenance;
        _time = time;
        _sender = new InfluxSender(client, options, time);
        _schema = new InfluxSchema(client, options);
        _book = new MinuteBook(options);
        _loader = new MinuteLoader(client, options, _book);
        _recovery = new Recovery(client, options, _book, _loader);
        _pass = new WritePass(_book, _rows);
    }

    /// <summary>The minutes whose roll-ups the server does not have as they are.</summary>
    public IEnumerable<MinuteState> Dirty => _book.Dirty;

    /// <summary>Makes ready what is not: the database, what earlier processes left, what failed half-way.</summary>
    public async ValueTask<InfluxServer> ReadyAsync(CancellationToken cancellationToken)
    {
        if (_server is null || _sender.IsPreparationNeeded)
        {
            var server = await _client.PingAsync(cancellationToken);
            await _schema.PrepareAsync(server, cancellationToken);
            await _recovery.RunAsync(Now, cancellationToken);
            _suspects.Clear();
            _tally = null;
            _sender.IsPreparationNeeded = false;
            _server = server;
            await RollUpAsync(_book.Dirty.Where(IsOver), cancellationToken);
        }

        if (_suspects.Count > 0)
        {
            await _loader.LoadAsync(
                [.. _suspects.Select(s => (_book.Sgm(s.Serial), s.Minute))], Now, cancellationToken);
            _suspects.Clear();
            await RollUpAsync(_book.Dirty.Where(IsOver), cancellationToken);
        }

        return _server;
    }

    public async ValueTask<StoreResult> WriteAsync(
        IReadOnlyList<SampleBatch> batches, CancellationToken cancellationToken)
    {
        await ReadyAsync(cancellationToken);
        await _loader.LoadAsync(ToLoad(batches), Now, cancellationToken);
        var result = _pass.Take(batches, _uncertain, Now);
        try
        {
            await _sender.SendAsync(_rows, _options.SamplesPolicy, "ms", cancellationToken);
            await RollUpAsync(_pass.Closed.Where(m => m.IsDirty), cancellationToken);
        }
        catch
        {
            Failed();
            throw;
        }

        if (_uncertain.Count > 0)
        {
            _uncertain.ExceptWith(_pass.New);
        }

        _tally = _tally is null ? null : _tally with
        {
            SampleRows = _tally.SampleRows + result.Stored,
            RollupRows = _tally.RollupRows + _pass.NewRollups,
        };
        return result;
    }

    public async ValueTask AppendForecastAsync(DemandForecast forecast, CancellationToken cancellationToken)
    {
        await ReadyAsync(cancellationToken);
        _others.Clear();
        ForecastPoints.Append(_others, _options.Fabric, forecast);
        await _sender.SendAsync(_others, "", "ns", cancellationToken);
        _tally = _tally is null ? null : _tally with { Forecasts = _tally.Forecasts + 1 };
    }

    public async ValueTask WritePointsAsync(IReadOnlyList<DataPoint> points, CancellationToken cancellationToken)
    {
        await ReadyAsync(cancellationToken);
        _others.Clear();
        PointLines.Append(_others, points);
        await _sender.SendAsync(_others, "", "ms", cancellationToken);
    }

    public async ValueTask PutRollupsAsync(
        IReadOnlyList<MetricId> metrics, IReadOnlyList<RollupRow> rollups, CancellationToken cancellationToken)
    {
        await ReadyAsync(cancellationToken);

        // What is in hand would be stored over them later.
        await RollUpAsync(_book.Dirty, cancellationToken);
        var isNew = rollups.Count > 0
            && !await _maintenance.HasRollupsAsync(rollups.Min(r => r.Minute), rollups.Max(r => r.Minute), cancellationToken);
        _others.Clear();
        foreach (var row in rollups)
        {
            var tags = _book.Sgm(row.Serial).TagsNow(row.Group?.Value ?? 0);
            RollupLines.Append(_others, tags, metrics, row, "ms", isNew);
        }

        await _sender.SendAsync(_others, "", "ms", cancellationToken);
        _tally = null;
    }

    public async ValueTask<RetentionResult> ApplyRetentionAsync(
        RetentionPolicy policy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var server = await ReadyAsync(cancellationToken);
        if (server.Generation != InfluxGeneration.One)
        {
            // Buckets and databases of 2.x and 3.x keep for as long as they were made for.
            return default;
        }

        await RollUpAsync(_book.Dirty, cancellationToken);
        _tally = null;
        var result = await _maintenance.DeleteAsync(policy, now, cancellationToken);
        _book.Sweep(long.MaxValue);
        return result;
    }

    public async ValueTask<StoreStatistics> CountAsync(CancellationToken cancellationToken)
    {
        var server = await ReadyAsync(cancellationToken);
        if (_tally is null)
        {
            // What is not stored yet is not counted by the server.
            await RollUpAsync(_book.Dirty, cancellationToken);
            _tally = await _maintenance.CountAsync(cancellationToken);
        }

        return _tally with { Bytes = await _maintenance.BytesAsync(server, cancellationToken) };
    }

    public async ValueTask KeepUpAsync(CancellationToken cancellationToken)
    {
        if (_server is null)
        {
            return;
        }

        await ReadyAsync(cancellationToken);
        var quiet = (_time.GetUtcNow() - _options.QuietMinute).Ticks;
        await RollUpAsync(_book.Dirty.Where(m => m.LastTouched < quiet), cancellationToken);
        _book.Sweep(quiet);
    }

    /// <summary>Stores what is left. What cannot be stored, the next process works out again.</summary>
    public async ValueTask CloseAsync()
    {
        if (_server is null)
        {
            return;
        }

        try
        {
            await RollUpAsync(_book.Dirty, CancellationToken.None);
        }
        catch (Exception e) when (e is StoreUnavailableException or PointRefusedException)
        {
            _book.Clear();
        }
    }

    private long Now => _time.GetUtcNow().Ticks;

    private static bool IsOver(MinuteState minute) => minute.Minute < minute.Sgm.NewestMinute;

    private List<(SgmState, long)> ToLoad(IReadOnlyList<SampleBatch> batches)
    {
        var wanted = new HashSet<(SgmState, long)>();
        foreach (var batch in batches)
        {
            var sgm = _book.Sgm(batch.Serial);
            var last = -1L;
            foreach (var time in batch.TimestampsMs.Span)
            {
                var minute = time / Sqlite.RollupKey.MsPerMinute;
                if (minute != last && _book.MustLoad(sgm, minute))
                {
                    wanted.Add((sgm, minute));
                }

                last = minute;
            }
        }

        return [.. wanted];
    }

    private async Task RollUpAsync(IEnumerable<MinuteState> minutes, CancellationToken cancellationToken)
    {
        var written = minutes.ToList();
        _others.Clear();
        foreach (var minute in written)
        {
            RollupLines.Append(_others, minute);
        }

        try
        {
            await _sender.SendAsync(_others, "", "ms", cancellationToken);
        }
        catch (PointRefusedException e)
        {
            // The rows themselves are stored.
            throw new PointRefusedException(e.Message, rows: 0);
        }

        foreach (var minute in written)
        {
            minute.IsDirty = false;
            minute.WasRolledUp = true;
        }
    }

    // Which of the rows are stored nobody knows; they are read before the next use.
    private void Failed()
    {
        foreach (var minute in _pass.Touched.Concat(_pass.Closed))
        {
            _book.Forget(minute);
            _suspects.Add((minute.Sgm.Serial, minute.Minute));
        }

        if (_uncertain.Count + _pass.New.Count <= MostUncertainRows)
        {
            _uncertain.UnionWith(_pass.New);
        }

        _tally = null;
    }
}
