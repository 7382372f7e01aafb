using System.Runtime.CompilerServices;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>
/// Samples, roll-ups and forecasts in one SQLite file. Its methods work on the caller's thread, the commit to disk
/// included: give the writing task a thread that may wait. Core busy percents keep two decimals.
/// </summary>
public sealed class SqliteTelemetryStore : ITelemetryStore, IRollupArchive
{
    private const long WorthTruncating = 1 << 20;

    private readonly SqliteStoreOptions _options;
    private readonly string _path;
    private readonly FileStream _lock;
    private readonly Database _database;
    private readonly GatewayCatalog _gateways;
    private readonly SampleWriter _writer;
    private readonly Checkpointer _checkpointer;
    private readonly ReaderPool _readers;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ITimer _quietTimer;
    private volatile bool _wroteSinceCheck;
    private bool _disposed;

    private SqliteTelemetryStore(
        SqliteStoreOptions options, TimeProvider time, string directory, FileStream directoryLock)
    {
        _options = options;
        _lock = directoryLock;
        _path = Path.Combine(directory, DataDirectory.TelemetryFile);
        _database = Database.OpenWriter(_path, options);
        try
        {
            SchemaMigrator.Migrate(_database, TelemetrySchema.Steps);
            _gateways = new GatewayCatalog(_database, options.SiteOf);
            _writer = new SampleWriter(_database, _gateways);
            _checkpointer = new Checkpointer(_path, options);
        }
        catch
        {
            _database.Dispose();
            throw;
        }

        _readers = new ReaderPool(_path, options);
        _quietTimer = time.CreateTimer(
            static state => ((SqliteTelemetryStore)state!).CheckQuiet(), this, options.QuietCheck, options.QuietCheck);
    }

    /// <summary>For tests that take the file's room away.</summary>
    internal Database WriteConnection => _database;

    /// <summary>Opens the store, and makes or migrates its file.</summary>
    /// <exception cref="StoreUnavailableException">
    /// The directory or the file cannot be used, another process has it, or a newer release wrote it.
    /// </exception>
    public static SqliteTelemetryStore Open(SqliteStoreOptions options, TimeProvider time)
    {
        options.ThrowIfInvalid();
        var directory = DataDirectory.Ensure(options.Directory);
        var directoryLock = DataDirectory.Lock(directory);
        try
        {
            return new SqliteTelemetryStore(options, time, directory, directoryLock);
        }
        catch
        {
            directoryLock.Dispose();
            throw;
        }
    }

    public async ValueTask<StoreResult> WriteAsync(
        IReadOnlyList<SampleBatch> batches, CancellationToken cancellationToken)
    {
        using var turn = await EnterAsync(cancellationToken);
        _wroteSinceCheck = true;
        var result = _writer.Write(batches);
        _checkpointer.Committed(_database);
        return result;
    }

    public async ValueTask PutRollupsAsync(
        IReadOnlyList<MetricId> metrics, IReadOnlyList<RollupRow> rollups, CancellationToken cancellationToken)
    {
        using var turn = await EnterAsync(cancellationToken);
        _wroteSinceCheck = true;
        new RollupArchive(_database, _gateways).Put(metrics, rollups);
    }

    public ValueTask<IReadOnlyList<LatestSample>> GetLatestAsync(
        DateTimeOffset since, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var lease = _readers.Rent();
        return ValueTask.FromResult<IReadOnlyList<LatestSample>>(LatestSamples.Read(lease.Database, since));
    }

    public async IAsyncEnumerable<RollupRow> ReadRollupsAsync(
        RollupQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = new RollupReader(_readers, _gateways, query);
        while (reader.ReadChunk())
        {
            for (var i = 0; i < reader.Count; i++)
            {
                yield return reader.Row(i);
            }

            cancellationToken.ThrowIfCancellationRequested();
            // Between chunks: a long read lets others on its thread.
            await Task.Yield();
        }
    }

    public async IAsyncEnumerable<RawSample> ReadSamplesAsync(
        GatewaySerial serial,
        DateTimeOffset from,
        DateTimeOffset to,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!_gateways.TryGetNumber(serial, out var gateway))
        {
            yield break;
        }

        var reader = new SampleReader(_readers, gateway, from, to);
        var chunk = new List<RawSample>();
        while (reader.ReadChunk(chunk))
        {
            foreach (var sample in chunk)
            {
                yield return sample;
            }

            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public async ValueTask AppendForecastAsync(DemandForecast forecast, CancellationToken cancellationToken)
    {
        using var turn = await EnterAsync(cancellationToken);
        InTransaction(() =>
        {
            ForecastTable.Insert(_database, forecast);
            return 0;
        });
    }

    public ValueTask<DemandForecast?> GetForecastAsync(
        SecurityGroupId group, Resource resource, DateTimeOffset at, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var lease = _readers.Rent();
        return ValueTask.FromResult(ForecastTable.Find(lease.Database, group, resource, at));
    }

    public async ValueTask<RetentionResult> ApplyRetentionAsync(
        RetentionPolicy policy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var samples = await DeleteSlicesAsync(Retention.DeleteSamples, policy.Samples, now, cancellationToken);
        var rollups = await DeleteSlicesAsync(Retention.DeleteRollups, policy.Rollups, now, cancellationToken);
        var forecasts = await DeleteSlicesAsync(Retention.DeleteForecasts, policy.Forecasts, now, cancellationToken);
        return new RetentionResult(samples, rollups, forecasts);
    }

    public ValueTask<StoreStatistics> GetStatisticsAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var lease = _readers.Rent();
        var statistics = Retention.Statistics(lease.Database);
        return ValueTask.FromResult(statistics with { Bytes = FileLength(_path) + FileLength(_path + "-wal") });
    }

    public async ValueTask DisposeAsync()
    {
        await _quietTimer.DisposeAsync();
        await _gate.WaitAsync();
        try
        {
            if (!_disposed)
            {
                _disposed = true;
                _checkpointer.Dispose();
                _readers.Dispose();
                _writer.Dispose();
                _database.Dispose();
                await _lock.DisposeAsync();
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private static long FileLength(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length : 0;
    }

    private async ValueTask<Turn> EnterAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        if (_disposed)
        {
            _gate.Release();
            throw new ObjectDisposedException(nameof(SqliteTelemetryStore));
        }

        return new Turn(_gate);
    }

    private async ValueTask<long> DeleteSlicesAsync(
        Func<Database, DateTimeOffset, int, int> deleteSlice,
        TimeSpan keep,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (keep <= TimeSpan.Zero || keep > now - DateTimeOffset.UnixEpoch)
        {
            return 0;
        }

        var total = 0L;
        while (true)
        {
            // Each slice takes its turn anew, so that writes get in between.
            using var turn = await EnterAsync(cancellationToken);
            _wroteSinceCheck = true;
            var deleted = InTransaction(() => deleteSlice(_database, now - keep, _options.RetentionSlice));
            total += deleted;
            if (deleted < _options.RetentionSlice)
            {
                return total;
            }
        }
    }

    private int InTransaction(Func<int> work)
    {
        _database.Begin();
        try
        {
            var result = work();
            _database.Commit();
            return result;
        }
        catch
        {
            _database.Rollback();
            throw;
        }
    }

    /// <summary>Cuts the write-ahead log when nothing was written since the last look and nobody writes now.</summary>
    private void CheckQuiet()
    {
        if (_wroteSinceCheck)
        {
            _wroteSinceCheck = false;
            return;
        }

        if (FileLength(_path + "-wal") < WorthTruncating || !_gate.Wait(TimeSpan.Zero))
        {
            return;
        }

        try
        {
            if (!_disposed)
            {
                _database.TryTruncateWal(_options.BusyTimeout);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private readonly struct Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
