using System.Runtime.CompilerServices;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>
/// Samples, roll-ups and forecasts in InfluxDB, by the API that 1.x, 2.x and 3.x share. It keeps the promises of the
/// embedded store, rows merged and roll-ups exact, as long as it is the only writer of its database. Core busy percents
/// keep two decimals. Opening it connects to nothing; the first use does.
/// </summary>
public sealed class InfluxTelemetryStore : ITelemetryStore, IPointSink, IRollupArchive
{
    private readonly InfluxStoreOptions _options;
    private readonly TimeProvider _time;
    private readonly InfluxClient _client;
    private readonly InfluxMaintenance _maintenance;
    private readonly InfluxWriter _writer;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _upkeep;
    private int _disposing;
    private bool _disposed;

    private InfluxTelemetryStore(InfluxStoreOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _client = new InfluxClient(options, time);
        _maintenance = new InfluxMaintenance(_client, options);
        _writer = new InfluxWriter(_client, options, _maintenance, time);
        _upkeep = KeepUpAsync();
    }

    /// <summary>Times that the upkeep in the background failed; what it left is done by a later one.</summary>
    public long FailedUpkeeps => Interlocked.Read(ref _failedUpkeeps);

    private long _failedUpkeeps;

    public static InfluxTelemetryStore Open(InfluxStoreOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfInvalid();
        return new InfluxTelemetryStore(options, time);
    }

    /// <summary>The server and its release, once it and the database are ready to be used.</summary>
    /// <exception cref="StoreUnavailableException">They are not; the message says what to do.</exception>
    public async ValueTask<InfluxServer> GetServerAsync(CancellationToken cancellationToken)
    {
        using var turn = await EnterAsync(cancellationToken);
        return await _writer.ReadyAsync(cancellationToken);
    }

    public async ValueTask<StoreResult> WriteAsync(
        IReadOnlyList<SampleBatch> batches, CancellationToken cancellationToken)
    {
        foreach (var batch in batches)
        {
            BatchChecks.ThrowIfMalformed(batch);
        }

        using var turn = await EnterAsync(cancellationToken);
        return await _writer.WriteAsync(batches, cancellationToken);
    }

    public async ValueTask PutRollupsAsync(
        IReadOnlyList<MetricId> metrics, IReadOnlyList<RollupRow> rollups, CancellationToken cancellationToken)
    {
        using var turn = await EnterAsync(cancellationToken);
        await _writer.PutRollupsAsync(metrics, rollups, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<LatestSample>> GetLatestAsync(
        DateTimeOffset since, CancellationToken cancellationToken)
    {
        await GetServerAsync(cancellationToken);
        var fields = MetricColumns.Names.Prepend(Measurements.GroupNumber).Select(InfluxQl.Name);
        await using var rows = await _client.QueryAsync(
            $"SELECT {string.Join(", ", fields)} FROM {_options.Samples} "
            + $"WHERE time >= {InfluxQl.Ms(InfluxQl.CeilingMs(since))} "
            + $"GROUP BY {InfluxQl.Name(Measurements.Serial)} ORDER BY time DESC LIMIT 1",
            "ms",
            cancellationToken);
        var samples = new List<LatestSample>();
        SampleColumns? columns = null;
        while (await rows.ReadAsync(cancellationToken))
        {
            columns = SampleColumns.Of(rows.Series, columns);
            samples.Add(new LatestSample(
                SampleColumns.SerialOf(rows.Series.Tags.GetValueOrDefault(Measurements.Serial)),
                GroupOf(columns.Group(rows)),
                DateTimeOffset.FromUnixTimeMilliseconds(rows[0].Integer),
                columns.Metrics(rows)));
        }

        samples.Sort((x, y) => string.CompareOrdinal(x.Serial.Value, y.Serial.Value));
        return samples;
    }

    public async IAsyncEnumerable<RollupRow> ReadRollupsAsync(
        RollupQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = new InfluxRollupReader(_client, query);
        List<ReadRollup> overlay;
        using (await EnterAsync(cancellationToken))
        {
            await _writer.ReadyAsync(cancellationToken);
            overlay = reader.Overlay(_writer.Dirty);
        }

        await foreach (var row in reader.ReadAsync(overlay, cancellationToken))
        {
            yield return row;
        }
    }

    public async IAsyncEnumerable<RawSample> ReadSamplesAsync(
        GatewaySerial serial,
        DateTimeOffset from,
        DateTimeOffset to,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await GetServerAsync(cancellationToken);
        await using var rows = await _client.QueryAsync(
            $"SELECT * FROM {_options.Samples} "
            + $"WHERE {InfluxQl.Between(InfluxQl.CeilingMs(from), InfluxQl.CeilingMs(to))} "
            + $"AND {InfluxQl.Name(Measurements.Serial)} = {InfluxQl.Text(TagText.Encode(serial.Value))}",
            "ms",
            cancellationToken);
        SampleColumns? columns = null;
        while (await rows.ReadAsync(cancellationToken))
        {
            columns = SampleColumns.Of(rows.Series, columns);
            yield return new RawSample(
                DateTimeOffset.FromUnixTimeMilliseconds(rows[0].Integer),
                GroupOf(columns.Group(rows)),
                columns.Metrics(rows),
                columns.Cores(rows));
        }
    }

    public async ValueTask AppendForecastAsync(DemandForecast forecast, CancellationToken cancellationToken)
    {
        using var turn = await EnterAsync(cancellationToken);
        await _writer.AppendForecastAsync(forecast, cancellationToken);
    }

    public async ValueTask WritePointsAsync(IReadOnlyList<DataPoint> points, CancellationToken cancellationToken)
    {
        using var turn = await EnterAsync(cancellationToken);
        await _writer.WritePointsAsync(points, cancellationToken);
    }

    public async ValueTask<DemandForecast?> GetForecastAsync(
        SecurityGroupId group, Resource resource, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await GetServerAsync(cancellationToken);
        await using var rows = await _client.QueryAsync(
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"SELECT * FROM {Measurements.Forecasts} WHERE {InfluxQl.Name(Measurements.Group)} = '{group.Value}' AND resource = '{ResourceNames.ToName(resource)}' AND time <= {ForecastPoints.Nanoseconds(at)} ORDER BY time DESC LIMIT 1"),
            "ns",
            cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? ForecastPoints.Read(rows, group, resource) : null;
    }

    public async ValueTask<RetentionResult> ApplyRetentionAsync(
        RetentionPolicy policy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var turn = await EnterAsync(cancellationToken);
        return await _writer.ApplyRetentionAsync(policy, now, cancellationToken);
    }

    public async ValueTask<StoreStatistics> GetStatisticsAsync(CancellationToken cancellationToken)
    {
        using var turn = await EnterAsync(cancellationToken);
        return await _writer.CountAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposing, 1) == 1)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _upkeep;
        await _gate.WaitAsync();
        try
        {
            _disposed = true;
            await _writer.CloseAsync();
            _client.Dispose();
            _stopping.Dispose();
        }
        finally
        {
            _gate.Release();
        }
    }

    private static SecurityGroupId? GroupOf(int number) => number == 0 ? null : new SecurityGroupId(number);

    /// <summary>Stores the roll-ups of minutes that nothing more comes to, and forgets minutes.</summary>
    private async Task KeepUpAsync()
    {
        using var timer = new PeriodicTimer(_options.UpkeepInterval, _time);
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                if (!await timer.WaitForNextTickAsync(_stopping.Token))
                {
                    return;
                }

                using var turn = await EnterAsync(_stopping.Token);
                await _writer.KeepUpAsync(_stopping.Token);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is StoreUnavailableException or PointRefusedException)
            {
                Interlocked.Increment(ref _failedUpkeeps);
            }
        }
    }

    private async ValueTask<Turn> EnterAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        if (_disposed)
        {
            _gate.Release();
            throw new ObjectDisposedException(nameof(InfluxTelemetryStore));
        }

        return new Turn(_gate);
    }

    private readonly struct Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
